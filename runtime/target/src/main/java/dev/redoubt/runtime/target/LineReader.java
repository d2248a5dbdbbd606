package dev.redoubt.runtime.target;

import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.SseReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of UTF-8 that may not be longer than a bound; empty ones are skipped. */
final class LineReader {
  private final InputStream in;
  private final int most;

  LineReader(InputStream in, int most) {
    this.in = new BufferedInputStream(in);
    this.most = most;
  }

  /**
   * Reads a line.
   *
   * @return null at the end
   * @throws ChatException for a line that is too long or no UTF-8
   */
  @Nullable String next() throws IOException {
    var line = new ByteArrayOutputStream(256);
    while (true) {
      int b = in.read();
      if (b < 0 || b == '\n') {
        var text = SseReader.utf8(line.toByteArray()).strip();
        if (!text.isEmpty()) {
          return text;
        }
        if (b < 0) {
          return null;
        }
        line.reset();
      } else {
        line.write(b);
        if (line.size() > most) {
          throw new ChatException(
              ChatException.Kind.TOO_LARGE, "a line is longer than " + most + " bytes: given up");
        }
      }
    }
  }
}
