package dev.redoubt.inspect.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs, scripts, and configurations that name code. */
class BroughtCodeTest {
  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] elf() {
    byte[] bytes = new byte[200];
    byte[] head = latin("\u007fELF\u0002\u0001\u0001");
    System.arraycopy(head, 0, bytes, 0, head.length);
    bytes[16] = 3;
    bytes[18] = 62;
    bytes[52] = 64;
    return bytes;
  }

  private static byte[] windows() {
    byte[] bytes = new byte[400];
    bytes[0] = 'M';
    bytes[1] = 'Z';
    bytes[0x3c] = (byte) 0x80;
    bytes[0x80] = 'P';
    bytes[0x81] = 'E';
    bytes[0x84] = 0x64;
    bytes[0x85] = (byte) 0x86;
    bytes[0x94] = (byte) 0xf0;
    return bytes;
  }

  private static byte[] mach() {
    byte[] bytes = new byte[100];
    byte[] head = latin("\u00cf\u00fa\u00ed\u00fe\u0007\0\0\u0001\u0003\0\0\0\u0002");
    System.arraycopy(head, 0, bytes, 0, head.length);
    return bytes;
  }

  private static byte[] archive(Object... namesAndData) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndData.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) namesAndData[i]));
        out.write(
            namesAndData[i + 1] instanceof byte[] data
                ? data
                : ((String) namesAndData[i + 1]).getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static void is(Verdict verdict, String name, byte[] bytes) {
    Seen seen = Seen.in(name, bytes);
    assertThat(seen.verdict()).as(seen.all()).isEqualTo(verdict);
  }

  @Test
  void programsAreUnproven() throws IOException {
    is(Verdict.UNPROVEN, "libx.so", elf());
    is(Verdict.UNPROVEN, "x.dll", windows());
    is(Verdict.UNPROVEN, "x.dylib", mach());
    is(Verdict.UNPROVEN, "m.llamafile", latin("MZqFpD='\n" + "x".repeat(100)));
    is(Verdict.UNPROVEN, "m.jar", archive("a/B.class", classFile()));
    is(Verdict.UNPROVEN, "m.zip", archive("lib/x.so", elf()));
  }

  private static byte[] classFile() {
    return latin("\u00ca\u00fe\u00ba\u00be\0\0\0A\0\u0010" + "\0".repeat(80));
  }

  @Test
  void scriptsAreUnprovenOnlyWhereTheyPassForAModel() {
    is(Verdict.UNPROVEN, "model.bin", latin("#!/bin/sh\nrm -rf x\n"));
    is(Verdict.UNPROVEN, "llamafile", latin("#!/bin/sh\nrm -rf x\n"));
    is(Verdict.INERT, "gradlew", latin("#!/bin/sh\necho x\n"));
    is(Verdict.INERT, "train.sh", latin("#!/bin/sh\npython train.py\n"));
    is(Verdict.INERT, "notes.txt", latin("MZ is not a program\n"));
  }

  @Test
  void programsInWeightsAreToldAndWeightsAreNot() throws IOException {
    byte[] weights = new byte[1 << 20];
    new Random(1).nextBytes(weights);
    byte[] hidden = weights.clone();
    System.arraycopy(elf(), 0, hidden, 65_536 - 10, elf().length);
    byte[] pickle = latin("\u0080\u0002}q\0.");
    String version = "3\n";
    is(
        Verdict.INERT,
        "m.pt",
        archive("m/data.pkl", pickle, "m/data/0", weights, "m/version", version));
    Seen seen =
        Seen.in("m.pt", archive("m/data.pkl", pickle, "m/data/0", hidden, "m/version", version));
    assertThat(seen.verdict()).as(seen.all()).isEqualTo(Verdict.UNPROVEN);
    assertThat(seen.all()).contains("in its numbers");
  }

  @Test
  void handlersOfTorchServeAreChargedToManifestAndCode() throws IOException {
    String manifest = "{\"model\": {\"modelName\": \"m\", \"handler\": \"%s\"}}";
    byte[] own =
        archive(
            "MAR-INF/MANIFEST.json", manifest.formatted("handler.py:run"), "handler.py", "x = 1\n");
    Seen seen = Seen.in("m.mar", own);
    assertThat(seen.verdict()).as(seen.all()).isEqualTo(Verdict.UNPROVEN);
    assertThat(seen.all()).contains("mar-code").contains("code-loaded");
    is(
        Verdict.INERT,
        "m.mar",
        archive("MAR-INF/MANIFEST.json", manifest.formatted("image_classifier"), "x.json", "{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "os.system, MALICIOUS",
    "subprocess.Popen, MALICIOUS",
    "builtins.eval, MALICIOUS",
    "my.own.Model, UNPROVEN",
    "nemo.collections.asr.models.helper, UNPROVEN",
    "nemo.collections.asr.modules.ConvASREncoder, INERT",
    "torch.optim.AdamW, INERT"
  })
  void targetsOfNemoAreWeighed(String target, Verdict verdict) {
    is(
        verdict,
        "model_config.yaml",
        ("encoder:\n  - {\"_target_\": " + target + ", command: [a, b]}\nname: x\n")
            .getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loader_module: my_loader",
        "loader_module: mlflow.sklearn\n    code: code",
        "loader_module: mlflow.pyfunc.model\n    model_code_path: agent.py"
      })
  void codeOfMlflowIsUnproven(String flavor) {
    String text = "flavors:\n  python_function:\n    " + flavor + "\nrun_id: x\n";
    is(Verdict.UNPROVEN, "MLmodel", text.getBytes(UTF_8));
  }

  @Test
  void loadersOfMlflowItselfAreInert() {
    is(
        Verdict.INERT,
        "MLmodel",
        "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    code: null\n"
            .getBytes(UTF_8));
  }

  @Test
  void codeThatAModelLoadsIsChargedInItsFolder(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("MLmodel"),
        "flavors:\n  python_function:\n    loader_module: mine\n    code: code\n");
    Files.createDirectory(folder.resolve("code"));
    Files.writeString(folder.resolve("code/mine.py"), "x = 1\n");
    Files.writeString(folder.resolve("other.py"), "x = 1\n");
    var results = new ArrayList<FileResult>();
    ArtifactInspector.standard().inspect(java.util.List.of(folder), results::add);
    assertThat(results)
        .extracting(r -> folder.relativize(Path.of(r.path())) + " " + r.verdict())
        .containsExactly("MLmodel UNPROVEN", "other.py INERT", "code/mine.py UNPROVEN");
  }

  /** A writer of R's text form: each word is a line. */
  private static byte[] r(String... words) {
    return ("A\n3\n262657\n197888\n5\nUTF-8\n" + String.join("\n", words) + "\n").getBytes(UTF_8);
  }

  private static String symbol(String name) {
    return "1\n262153\n" + name.length() + "\n" + name;
  }

  @Test
  void valuesOfRAreInert() {
    is(Verdict.INERT, "m.rds", r("13", "3", "1", "2", "NA"));
    is(Verdict.INERT, "m.rds", r("16", "1", "262153", "5", "hello"));
    // A call that is only kept, as a fitted model keeps its own.
    is(Verdict.INERT, "m.rds", r("6", symbol("lm"), "2", "16", "1", "262153", "1", "y", "254"));
  }

  @Test
  void promisesAndDangerousCallsOfRAreFlagged() {
    String call = "6\n" + symbol("system") + "\n2\n16\n1\n262153\n2\nid\n254";
    is(Verdict.MALICIOUS, "m.rds", r(call));
    is(Verdict.MALICIOUS, "m.rds", r("5", "252", call));
    is(Verdict.UNPROVEN, "m.rds", r("5", "252", "13", "1", "7"));
  }

  @Test
  void objectsOfRThatContradictThemselvesAreUnproven() {
    is(Verdict.UNPROVEN, "m.rds", r("13", "99999", "1"));
    is(Verdict.UNPROVEN, "m.rds", r("77"));
    is(Verdict.UNPROVEN, "m.rds", r("13", "1", "1", "13", "1", "1"));
    is(Verdict.UNPROVEN, "m.rds", r("16", "2", "262153", "5", "hello"));
  }
}
