package dev.redoubt.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the other tools: where an option or the environment says, or in the cache folder, into
 * which they are installed on demand, pinned, by the package managers of their languages.
 */
final class RivalTools {
  private static final String PROMPTFOO = "0.121.20";
  private static final String GARAK = "0.17.1";
  private static final Pattern VERSION = Pattern.compile("(?m)^(\\d+\\.\\d+\\.\\d+\\S*)\\s*$");
  private static final int SECONDS_TO_ANSWER = 120;
  private static final int SECONDS_TO_INSTALL = 3_600;

  private final Map<String, String> options;
  private final PrintStream out;
  private final Path cache;

  /**
   * @param options {@code promptfoo}: its executable; {@code garak}: a Python that has it; {@code
   *     install}: present to install what is missing
   */
  RivalTools(Map<String, String> options, Map<String, String> environment, PrintStream out) {
    this.options = options;
    this.out = out;
    this.cache = cache(environment);
  }

  /** The folder that other tools are installed into. */
  static Path cache(Map<String, String> environment) {
    String base = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base))
        .resolve("redoubt")
        .resolve("rivals");
  }

  /** The tools that are there; says of each other one that it is left out, and how to get it. */
  List<Rival> found() throws IOException, InterruptedException {
    var found = new ArrayList<Rival>();
    promptfoo()
        .ifPresent(promptfoo -> {
          found.add(promptfoo);
          found.add(new Rival.Promptfoo(promptfoo.executable(), promptfoo.version(), 1));
        });
    garak()
        .ifPresent(garak -> {
          found.add(garak);
          found.add(new Rival.Garak(garak.python(), garak.version(), 1));
        });
    return found;
  }

  private Optional<Rival.Promptfoo> promptfoo() throws IOException, InterruptedException {
    Path own = cache.resolve("promptfoo-" + PROMPTFOO);
    Path executable =
        given("promptfoo").orElse(own.resolve("node_modules").resolve(".bin").resolve("promptfoo"));
    if (!Files.isExecutable(executable) && installs("promptfoo")) {
      Files.createDirectories(own);
      install(
          own,
          "npm",
          "install",
          "--ignore-scripts",
          "--no-audit",
          "--no-fund",
          "--prefix",
          own.toString(),
          "promptfoo@" + PROMPTFOO);
    }
    return version("promptfoo", executable, PROMPTFOO, "--version")
        .map(version -> new Rival.Promptfoo(executable, version, Rival.CONCURRENCY));
  }

  private Optional<Rival.Garak> garak() throws IOException, InterruptedException {
    Path own = cache.resolve("garak-" + GARAK);
    Path python = given("garak").orElse(own.resolve("bin").resolve("python"));
    if (!Files.isExecutable(python) && installs("garak")) {
      Files.createDirectories(cache);
      install(cache, "python3", "-m", "venv", own.toString());
      install(cache, python.toString(), "-m", "pip", "install", "garak==" + GARAK);
    }
    return version(
            "garak",
            python,
            GARAK,
            "-c",
            "import importlib.metadata as m; print(m.version('garak'))")
        .map(version -> new Rival.Garak(python, version, Rival.CONCURRENCY));
  }

  private Optional<Path> given(String tool) {
    String path = options.get(tool);
    return path == null ? Optional.empty() : Optional.of(Path.of(path).toAbsolutePath());
  }

  private boolean installs(String tool) {
    return options.containsKey("install") && !options.containsKey(tool);
  }

  private Optional<String> version(String tool, Path executable, String pinned, String... arguments)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(executable)) {
      out.println(
          tool
              + ": left out, "
              + executable
              + " is not there; give its place with --"
              + tool
              + ", or --install to fetch version "
              + pinned);
      return Optional.empty();
    }
    var command = new ArrayList<String>();
    command.add(executable.toString());
    command.addAll(List.of(arguments));
    Matcher version = VERSION.matcher(run(cache.getRoot(), command, SECONDS_TO_ANSWER));
    if (!version.find()) {
      out.println(tool + ": left out, " + executable + " does not say its version");
      return Optional.empty();
    }
    if (!version.group(1).equals(pinned)) {
      out.println(
          tool + ": version " + version.group(1) + ", the figures are stated for " + pinned);
    }
    return Optional.of(version.group(1));
  }

  private void install(Path folder, String... command) throws IOException, InterruptedException {
    out.println("installing: " + String.join(" ", command));
    run(folder, List.of(command), SECONDS_TO_INSTALL);
  }

  /** Runs a command to its end and gives what it said; one that fails is an exception. */
  static String run(Path folder, List<String> command, int seconds)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("redoubt-rivals", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " took more than " + seconds + " s");
      }
      String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed:\n" + text);
      }
      return text;
    } finally {
      Files.delete(said);
    }
  }
}
