package dev.redoubt.runtime.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the standard error of a program, so that it never has to wait there, and keeps the end of
 * it.
 */
final class ErrorTail {
  private static final int KEPT_BYTES = 8 * 1024;
  private static final int SHOWN = 300;

  private final Thread reader;
  private byte[] kept = new byte[0];

  ErrorTail(InputStream from) {
    reader = Thread.ofPlatform().daemon().name("program-errors").start(() -> read(from));
  }

  private void read(InputStream from) {
    var buffer = new byte[1 << 13];
    try (from) {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        keep(buffer, count);
      }
    } catch (IOException gone) {
      // The pipe went with the program, which is told elsewhere; what was said before is kept.
      return;
    }
  }

  private synchronized void keep(byte[] more, int count) {
    int old = Math.min(kept.length, Math.max(0, KEPT_BYTES - count));
    byte[] both = Arrays.copyOfRange(kept, kept.length - old, kept.length + count);
    System.arraycopy(more, 0, both, old, count);
    kept = both;
  }

  /** The last line that says something; absent when there is none. */
  synchronized @Nullable String lastLine() {
    String last =
        new String(kept, StandardCharsets.UTF_8)
            .lines()
            .map(line -> Text.oneLine(line, SHOWN))
            .filter(line -> !line.isEmpty())
            .reduce("", (before, line) -> line);
    return last.isEmpty() ? null : last;
  }

  /** Waits until all is read, but not for a child that keeps the pipe open. */
  void await(long millis) throws InterruptedException {
    reader.join(millis);
  }
}
