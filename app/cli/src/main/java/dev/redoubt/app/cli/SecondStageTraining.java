package dev.redoubt.app.cli;

import dev.redoubt.core.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs the scripts that train the second stage and write its files. They keep checkpoints of their
 * own and go on where they were broken off.
 */
final class SecondStageTraining {
  private static final Path SCRIPTS = Path.of("training", "injection");

  private final String python;
  private final Path data;
  private final Path out;
  private final int minutes;
  private final Consumer<String> say;

  SecondStageTraining(String python, Path data, Path out, int minutes, Consumer<String> say) {
    // The scripts run in their own folder; a path that is relative here would not be there.
    this.python = python.contains("/") ? Path.of(python).toAbsolutePath().toString() : python;
    this.data = data;
    this.out = out;
    this.minutes = minutes;
    this.say = say;
  }

  /**
   * Trains, then exports to {@code OUT/second-stage}.
   *
   * @throws UsageException where the scripts or Python are missing
   * @throws IOException where a script fails
   */
  void run() throws IOException, InterruptedException {
    Path scripts = scripts();
    Path run = Files.createDirectories(out.resolve("second-stage-run")).toAbsolutePath();
    String rows = data.toAbsolutePath().toString();
    start(
        scripts,
        List.of(
            python,
            "train.py",
            "--data",
            rows,
            "--out",
            run.toString(),
            "--minutes",
            Integer.toString(minutes)));
    String to = out.resolve("second-stage").toAbsolutePath().toString();
    start(
        scripts, List.of(python, "export.py", "--run", run.toString(), "--to", to, "--data", rows));
    say.accept(
        "second stage written to " + to + "; training/injection/README.md says how to use it");
  }

  private static Path scripts() {
    String home = System.getProperty("redoubt.home");
    Path scripts = home == null ? SCRIPTS : Path.of(home).resolve(SCRIPTS);
    if (!Files.isRegularFile(scripts.resolve("train.py"))) {
      throw new UsageException(
          "--second-stage: " + scripts + " holds no train.py; run it in a checkout of the sources");
    }
    return scripts;
  }

  private void start(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UsageException("--python: " + python + " can't be started; name another", e);
    }
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        say.accept(Words.safe(line, 200));
      }
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            command.get(1)
                + " ended with "
                + code
                + "; see training/injection/README.md, and run the command again to go on");
      }
    } finally {
      process.destroy();
    }
  }
}
