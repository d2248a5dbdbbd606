package dev.redoubt.runtime.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into lines and refuses one without end. For one thread. */
final class Lines {
  /** Longest line, in bytes. */
  static final int MOST_BYTES = 1 << 20;

  private final InputStream from;
  private final byte[] buffer = new byte[1 << 13];
  private int at;
  private int end;

  Lines(InputStream from) {
    this.from = from;
  }

  /**
   * The next line without its end; absent when the stream is over. What stands behind the last line
   * end is a line, too.
   */
  byte @Nullable [] next() throws IOException, TooLong {
    var line = new ByteArrayOutputStream();
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, from.read(buffer));
        if (end == 0) {
          return line.size() == 0 ? null : line.toByteArray();
        }
      }
      int start = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.write(buffer, start, at - start);
      if (line.size() > MOST_BYTES) {
        throw new TooLong();
      }
      if (at < end) {
        at++;
        return line.toByteArray();
      }
    }
  }

  /** A line is longer than a line may be. */
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
