package dev.redoubt.runtime.llm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Fetches wheels by the user's own pip, with the index, proxy and certificates that it is set up
 * with. {@code download} of a wheel unpacks nothing and runs nothing of it; source distributions,
 * whose set-up would run, are refused.
 */
final class Pip {
  private static final int MOST_OUTPUT_BYTES = 64 * 1024;

  private final List<List<String>> commands;
  private final long timeoutSeconds;

  /**
   * @param commands ways to call pip, tried in order
   * @param timeoutSeconds longest time of one package
   */
  Pip(List<List<String>> commands, long timeoutSeconds) {
    this.commands = commands;
    this.timeoutSeconds = timeoutSeconds;
  }

  /** The pip of {@code python3} or {@code python}. */
  static Pip standard() {
    return new Pip(
        List.of(List.of("python3", "-m", "pip"), List.of("python", "-m", "pip")), 30 * 60);
  }

  /**
   * Fetches one wheel.
   *
   * @param folder an empty folder; also where pip runs, since Python looks for modules there first
   * @return the wheel
   * @throws SourceException where there is no pip or it does not get the package
   */
  Path download(String name, String version, Path folder)
      throws SourceException, IOException, InterruptedException {
    for (var command : commands) {
      var call = new ArrayList<>(command);
      call.addAll(
          List.of(
              "download",
              "--quiet",
              "--no-input",
              "--disable-pip-version-check",
              "--no-deps",
              "--only-binary",
              ":all:",
              "--dest",
              ".",
              name + "==" + version));
      Process process;
      try {
        process =
            new ProcessBuilder(call)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
      } catch (IOException e) {
        // No such program: the next way.
        continue;
      }
      var said = run(process);
      if (process.exitValue() == 0) {
        return wheel(folder, name);
      }
      if (said.contains("No module named pip")) {
        continue;
      }
      throw new SourceException("pip does not get " + name + " " + version + ": " + reason(said));
    }
    throw new SourceException(
        "no pip (python3 -m pip does not run; install it, on Debian: apt install python3-pip)");
  }

  private String run(Process process) throws SourceException, IOException, InterruptedException {
    try {
      process.getOutputStream().close();
      var said = new StringBuilder();
      // Read beside the wait: a process that says nothing and does not end must not hold us.
      var reader = Thread.ofVirtual().start(() -> read(process.getInputStream(), said));
      if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        throw new SourceException("pip did not end in " + timeoutSeconds + " s");
      }
      reader.join();
      return said.toString();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void read(InputStream from, StringBuilder said) {
    try (from) {
      var buffer = new byte[4096];
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        if (said.length() < MOST_OUTPUT_BYTES) {
          said.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      said.append("(its output broke off)");
    }
  }

  /** The line of pip's many that says most: its last error. */
  private static String reason(String said) {
    var reason = "it says nothing";
    for (var line : said.lines().toList()) {
      if (line.startsWith("ERROR:")
          || (!line.isBlank() && !line.startsWith("WARNING") && !reason.startsWith("ERROR:"))) {
        reason = line;
      }
    }
    return OpenAiJson.oneLine(reason.replaceFirst("^ERROR: *", ""));
  }

  private static Path wheel(Path folder, String name) throws SourceException, IOException {
    try (var files = Files.newDirectoryStream(folder, "*.whl")) {
      for (var file : files) {
        return file;
      }
    }
    throw new SourceException("pip fetched no wheel of " + name);
  }
}
