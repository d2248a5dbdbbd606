package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The part of a source that is in memory, moved forward as the machine goes on. */
final class Window {
  /** Longest opcode with a fixed length, and some. */
  static final int SLACK = 16;

  private static final int LENGTH = 1 << 16;

  /** More in a line of protocol 0 would be no number, name or text that a model has. */
  private static final int MAX_LINE = 1 << 20;

  final byte[] bytes;
  final ByteSource source;
  final long size;

  /** Position of {@code bytes[0]} in the source. */
  long base;

  /** Where the next byte is read; may lie {@link #SLACK} behind the end, which then is a cut. */
  int at;

  int end;

  Window(ByteSource source, long from) throws IOException {
    this.source = source;
    this.size = source.size();
    this.bytes = new byte[(int) Math.min(LENGTH, size - from) + SLACK];
    seek(from);
  }

  long position() {
    return base + at;
  }

  boolean whole() {
    return base + end >= size;
  }

  void seek(long position) throws IOException {
    if (position > size) {
      throw cut();
    }
    base = position;
    at = 0;
    end = 0;
    fill();
  }

  /** Moves what is left to the front and reads on. */
  void fill() throws IOException {
    if (at > end) {
      return;
    }
    if (at > 0) {
      System.arraycopy(bytes, at, bytes, 0, end - at);
      base += at;
      end -= at;
      at = 0;
    }
    int room = bytes.length - SLACK - end;
    if (room > 0 && !whole()) {
      end += source.readFully(base + end, bytes, end, room);
    }
    for (int i = 0; i < SLACK; i++) {
      bytes[end + i] = 0;
    }
  }

  /** Makes {@code n} bytes, at most {@link #SLACK}, lie in memory. */
  void need(int n) throws IOException {
    if (end - at < n) {
      fill();
      if (end - at < n) {
        throw cut();
      }
    }
  }

  /** Steps over bytes that must be there. */
  void skip(long n) throws IOException {
    if (n < 0 || n > size - position()) {
      throw new MalformedException(
          "a length of " + n + " bytes reaches beyond the end", position());
    }
    if (n <= end - at) {
      at += (int) n;
    } else {
      seek(position() + n);
    }
  }

  int u1() throws IOException {
    need(1);
    return bytes[at++] & 0xff;
  }

  int u2() throws IOException {
    need(2);
    int value = (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    at += 2;
    return value;
  }

  int i4() throws IOException {
    need(4);
    int value = i4(bytes, at);
    at += 4;
    return value;
  }

  long i8() throws IOException {
    return (i4() & 0xffff_ffffL) | ((long) i4() << 32);
  }

  static int i4(byte[] b, int i) {
    return (b[i] & 0xff) | ((b[i + 1] & 0xff) << 8) | ((b[i + 2] & 0xff) << 16) | (b[i + 3] << 24);
  }

  /** A line without its end, which must be there. */
  byte[] line() throws IOException {
    var line = new ByteArrayOutputStream(32);
    while (true) {
      need(1);
      for (int i = at; i < end; i++) {
        if (bytes[i] == '\n') {
          line.write(bytes, at, i - at);
          at = i + 1;
          return line.toByteArray();
        }
      }
      line.write(bytes, at, end - at);
      at = end;
      if (line.size() > MAX_LINE) {
        throw new MalformedException("a line longer than " + MAX_LINE + " bytes", position());
      }
    }
  }

  MalformedException cut() {
    return new MalformedException("ends in the middle of the pickle", size);
  }
}
