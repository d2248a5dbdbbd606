package dev.redoubt.runtime.llm;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2) as far as chat streams need them: the {@code
 * data} of each event; comments and other fields are skipped. Not thread-safe.
 */
public final class SseReader {
  private final InputStream in;
  private final int maxEventBytes;

  /**
   * @param in the stream; not closed here
   * @param maxEventBytes most bytes of one event
   */
  public SseReader(InputStream in, int maxEventBytes) {
    this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in);
    this.maxEventBytes = maxEventBytes;
  }

  /**
   * Reads up to the end of the next event that holds data.
   *
   * @return its data; null at the end of the stream
   * @throws ChatException of kind {@code TOO_LARGE}, or {@code BAD_REPLY} for what is no UTF-8
   * @throws IOException where the stream breaks
   */
  public @Nullable String next() throws IOException {
    StringBuilder data = null;
    int bytes = 0;
    while (true) {
      var line = line(maxEventBytes - bytes);
      if (line == null) {
        return data == null ? null : data.toString();
      }
      bytes += line.length();
      if (line.isEmpty()) {
        if (data != null) {
          return data.toString();
        }
        bytes = 0;
      } else if (line.startsWith("data:")) {
        var value = line.substring(line.startsWith("data: ") ? 6 : 5);
        data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
      }
    }
  }

  private @Nullable String line(int most) throws IOException {
    var bytes = new ByteArrayOutputStream(256);
    while (true) {
      int b = in.read();
      if (b < 0) {
        return bytes.size() == 0 ? null : utf8(bytes.toByteArray());
      }
      if (b == '\n') {
        break;
      }
      // A lone carriage return ends a line too; nobody on the wire uses it, so CRLF is enough.
      if (b != '\r') {
        bytes.write(b);
      }
      if (bytes.size() > most) {
        throw new ChatException(
            ChatException.Kind.TOO_LARGE,
            "an event of the stream is larger than " + maxEventBytes + " bytes");
      }
    }
    return utf8(bytes.toByteArray());
  }

  /**
   * Decodes bytes. What can't be read is not replaced: a verdict on a mended reply would be one on
   * something that nobody said.
   *
   * @throws ChatException of kind {@code BAD_REPLY} where they are no UTF-8
   */
  public static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ChatException(ChatException.Kind.BAD_REPLY, "the reply is no UTF-8", e);
    }
  }
}
