package dev.redoubt.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Python programs for tests. */
final class Python {
  static final Path SAMPLES = Path.of("..", "..", "samples", "extensions").toAbsolutePath();
  static final Duration SOON = Duration.ofSeconds(30);
  private static final boolean HERE = runs();

  private Python() {}

  private static boolean runs() {
    try {
      return new ProcessBuilder("python3", "-c", "import json").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Skips the test where there is no Python. */
  static void needed() {
    assumeTrue(HERE, "python3 is not installed: nothing was tested here");
  }

  /** One of the samples that we ship. */
  static ProgramSpec sample(String name) {
    needed();
    return ProgramSpec.of(SAMPLES, "python3", name);
  }

  /** Reads and sends; what each program of a test begins with. */
  static final String TOOLS =
      """
      import fcntl, json, os, subprocess, sys, time
      def send(**message):
          print(json.dumps(message), flush=True)
      def read():
          line = sys.stdin.readline()
          return json.loads(line) if line else sys.exit(0)
      def raw(data):
          sys.stdout.buffer.write(data)
          sys.stdout.buffer.flush()
      def hold(path):  # a lock that goes with the process
          lock = open(path, 'w')
          fcntl.lockf(lock, fcntl.LOCK_EX)
          return lock
      """;

  /** A target that is ready; what follows is what it does then. */
  static final String TARGET =
      TOOLS + "read()\nsend(type='ready', protocol=1, role='target', name='t')\n";

  /** Waits until no process holds a lock of {@code hold} any more. */
  static void awaitRelease(Path lock) throws IOException {
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
    }
  }

  /** A program of the test's own. */
  static ProgramSpec program(Path folder, String text) throws IOException {
    return program(folder, text, Duration.ofSeconds(30));
  }

  static ProgramSpec program(Path folder, String text, Duration startTimeout) throws IOException {
    needed();
    Files.writeString(folder.resolve("program.py"), text);
    return new ProgramSpec(List.of("python3", "program.py"), folder, Map.of(), startTimeout);
  }
}
