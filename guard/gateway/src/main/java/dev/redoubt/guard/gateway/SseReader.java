package dev.redoubt.guard.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the data of server-sent events (WHATWG HTML, 9.2.6), each of bounded length. */
final class SseReader {
  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[16 << 10];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private int position;
  private int limit;
  private boolean afterReturn;

  SseReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** The data of the next event that has any; null at the end of the stream. */
  @Nullable String next() throws IOException {
    StringBuilder data = null;
    for (var text = line(); text != null; text = line()) {
      if (text.isEmpty()) {
        if (data != null) {
          return data.toString();
        }
      } else if (text.equals("data") || text.startsWith("data:")) {
        var value = text.length() > 5 ? text.substring(text.charAt(5) == ' ' ? 6 : 5) : "";
        data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
        if (data.length() > longest) {
          throw tooLong();
        }
      }
    }
    // An event without the empty line that ends it is incomplete, and not an event.
    return null;
  }

  private @Nullable String line() throws IOException {
    line.reset();
    while (true) {
      if (position == limit) {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        if (limit == 0) {
          return null;
        }
      }
      byte b = buffer[position++];
      boolean second = b == '\n' && afterReturn;
      afterReturn = b == '\r';
      if (second) {
        continue;
      }
      if (b == '\n' || b == '\r') {
        return line.toString(StandardCharsets.UTF_8);
      }
      if (line.size() >= longest) {
        throw tooLong();
      }
      line.write(b);
    }
  }

  private UpstreamException tooLong() {
    return new UpstreamException(502, "the upstream sent an event longer than " + longest);
  }
}
