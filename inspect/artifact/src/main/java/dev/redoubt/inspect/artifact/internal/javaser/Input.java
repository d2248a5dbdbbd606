package dev.redoubt.inspect.artifact.internal.javaser;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Numbers of which the high byte comes first, read forward. */
final class Input {
  private final ByteSource source;
  private final byte[] window = new byte[1 << 13];
  private long from;
  private int at;
  private int filled;

  Input(ByteSource source) {
    this.source = source;
  }

  long position() {
    return from + at;
  }

  long left() {
    return source.size() - position();
  }

  boolean atEnd() {
    return left() <= 0;
  }

  void skip(long n) throws IOException {
    if (n > left()) {
      throw cut();
    }
    if (at + n <= filled) {
      at += (int) n;
    } else {
      from = position() + n;
      at = 0;
      filled = 0;
    }
  }

  int u1() throws IOException {
    if (at == filled) {
      from += at;
      at = 0;
      filled = Math.max(0, source.read(from, window, 0, window.length));
      if (filled == 0) {
        throw cut();
      }
    }
    return window[at++] & 0xff;
  }

  int u2() throws IOException {
    return u1() << 8 | u1();
  }

  int s4() throws IOException {
    return u2() << 16 | u2();
  }

  long s8() throws IOException {
    return (long) s4() << 32 | (s4() & 0xffff_ffffL);
  }

  /** Text with its length in two bytes before it; Java's own form of UTF-8 is read as UTF-8. */
  String text() throws IOException {
    byte[] bytes = new byte[u2()];
    if (bytes.length > left()) {
      throw cut();
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) u1();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private MalformedException cut() {
    return new MalformedException("the stream is cut off", source.size());
  }
}
