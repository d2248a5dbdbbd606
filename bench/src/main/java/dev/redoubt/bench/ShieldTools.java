package dev.redoubt.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the firewall and the data-loss tool in the cache folder, into which they are installed on
 * demand: pinned versions, by Go and by pip.
 */
final class ShieldTools {
  private static final String PRESIDIO = "2.2.366";
  private static final int SECONDS_TO_ANSWER = 300;
  private static final int SECONDS_TO_INSTALL = 3_600;

  private final Path sources;
  private final Path cache;
  private final boolean install;
  private final PrintStream out;

  /**
   * @param home the checkout
   * @param environment where {@code XDG_CACHE_HOME} may stand
   * @param install whether to install what is missing
   */
  ShieldTools(Path home, Map<String, String> environment, boolean install, PrintStream out) {
    this.sources = home.resolve("bench").resolve("src").resolve("main");
    this.cache = RivalTools.cache(environment);
    this.install = install;
    this.out = out;
  }

  /** The tools that are there; says of each other one that it is left out. */
  List<Shield> found() throws IOException, InterruptedException {
    var found = new ArrayList<Shield>();
    found.addAll(firewall());
    found.addAll(presidio());
    return found;
  }

  /** The web firewall at two of its levels. */
  List<Shield> firewall() throws IOException, InterruptedException {
    Path folder = sources.resolve("go").resolve("waf");
    String module = Files.readString(folder.resolve("go.mod"));
    // A binary of other sources is another program.
    Path binary = cache.resolve("waf-" + digest(folder)).resolve("waf");
    if (!Files.isExecutable(binary) && install) {
      Files.createDirectories(binary.getParent());
      run(folder, "go", "build", "-mod=readonly", "-trimpath", "-o", binary.toString(), ".");
    }
    if (!Files.isExecutable(binary)) {
      out.println(
          "Coraza: left out, " + binary + " is not there; --install builds it (Go is needed)");
      return List.of();
    }
    String versions =
        "Coraza "
            + version(module, "coraza/v3")
            + " with the OWASP core rule set of coraza-coreruleset "
            + version(module, "coraza-coreruleset/v4");
    return List.of(waf(binary, versions, 1), waf(binary, versions, 2));
  }

  private static Shield waf(Path binary, String versions, int level) {
    return new Shield.Program(
        "Coraza, level " + level,
        versions
            + ", paranoia level "
            + level
            + (level == 1 ? ", as it comes," : "")
            + " in blocking mode; a message is the JSON body of a POST, an answer a plain-text"
            + " response",
        "A web firewall: made for attacks on web servers and data bases, in any part of an HTTP"
            + " request, and for error pages that leak.",
        List.of(binary.toString(), "-paranoia", String.valueOf(level)),
        Map.of());
  }

  /** The data-loss tool with and without its language model. */
  List<Shield> presidio() throws IOException, InterruptedException {
    Path own = cache.resolve("presidio-" + PRESIDIO);
    Path python = own.resolve("bin").resolve("python");
    Path done = own.resolve("installed");
    Path scripts = sources.resolve("python");
    String script = scripts.resolve("presidio_check.py").toString();
    if (!Files.exists(done) && install) {
      Files.createDirectories(cache);
      run(cache, "python3", "-m", "venv", own.toString());
      String needs = scripts.resolve("presidio-requirements.txt").toString();
      String model = scripts.resolve("presidio-model.txt").toString();
      run(cache, python.toString(), "-m", "pip", "install", "-r", needs);
      run(
          cache,
          python.toString(),
          "-m",
          "pip",
          "install",
          "--no-deps",
          "--require-hashes",
          "-r",
          model);
      Files.createFile(done);
    }
    if (!Files.exists(done)) {
      out.println("Presidio: left out, " + own + " is not there; --install fetches it");
      return List.of();
    }
    String said =
        RivalTools.run(cache, List.of(python.toString(), script, "versions"), SECONDS_TO_ANSWER);
    String analyzer = "Presidio analyzer " + version(said, "presidio-analyzer");
    // One thread, as the others have.
    Map<String, String> environment =
        Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1", "PYTHONUTF8", "1");
    String purpose =
        "A data-loss tool: made to find personal data in a text, to be masked before it is stored"
            + " or sent; attacks are none of its business.";
    return List.of(
        new Shield.Program(
            "Presidio, patterns",
            analyzer
                + ", recognisers by pattern and checksum only, without a language model; types that"
                + " are personal data (no link, no date), score at least 0.4, so that telephone"
                + " numbers count",
            purpose,
            List.of(python.toString(), script, "patterns"),
            environment),
        new Shield.Program(
            "Presidio, all",
            analyzer
                + ", every English recogniser and every score, as it comes, but with spaCy's"
                + " *small* English model "
                + version(said, "model")
                + " (a package registry carries it; the large one that Presidio asks for is not"
                + " there)",
            purpose,
            List.of(python.toString(), script, "all"),
            environment));
  }

  /** The version that stands after a name. */
  static String version(String text, String name) {
    Matcher found = Pattern.compile(Pattern.quote(name) + "\\s+v?(\\S+)").matcher(text);
    return found.find() ? found.group(1) : "of unknown version";
  }

  private static String digest(Path folder) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : List.of("main.go", "go.mod", "go.sum")) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(folder.resolve(name)));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void run(Path folder, String... command) throws IOException, InterruptedException {
    out.println("installing: " + String.join(" ", command));
    RivalTools.run(folder, List.of(command), SECONDS_TO_INSTALL);
  }
}
