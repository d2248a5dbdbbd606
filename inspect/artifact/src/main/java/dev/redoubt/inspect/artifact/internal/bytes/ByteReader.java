package dev.redoubt.inspect.artifact.internal.bytes;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A position in a source, with a window of bytes around it: numbers of either order, and lengths
 * that are checked against what is left before a byte is read. Not thread-safe.
 */
public final class ByteReader {
  private static final int WINDOW = 1 << 13;

  private final ByteSource source;
  private final Budget budget;
  private final long end;
  private final byte[] window = new byte[WINDOW];
  private long windowAt;
  private int windowLength;
  private long position;
  private boolean bigEndian;
  private int refills;

  /** Stands at the start of the source. */
  public ByteReader(ByteSource source, Budget budget) {
    this.source = source;
    this.budget = budget;
    this.end = source.size();
  }

  /** Turns to big-endian numbers, or back. */
  public ByteReader bigEndian(boolean big) {
    bigEndian = big;
    return this;
  }

  /** What it reads from. */
  public ByteSource source() {
    return source;
  }

  /** The budget of the run. */
  public Budget budget() {
    return budget;
  }

  /** Where the next byte is read, from 0. */
  public long position() {
    return position;
  }

  /** Number of bytes of the source. */
  public long size() {
    return end;
  }

  /** Bytes to the end of the source. */
  public long left() {
    return end - position;
  }

  /**
   * Goes somewhere else.
   *
   * @throws MalformedException when that is outside of the source
   */
  public ByteReader at(long where) throws MalformedException {
    if (where < 0 || where > end) {
      throw new MalformedException("points to byte " + where + " of " + end, position);
    }
    position = where;
    return this;
  }

  /**
   * Goes forward without reading.
   *
   * @throws MalformedException when fewer bytes are left
   */
  public void skip(long bytes) throws MalformedException {
    need(bytes);
    position += bytes;
  }

  /**
   * Checks that so many bytes are left.
   *
   * @throws MalformedException when they are not
   */
  public void need(long bytes) throws MalformedException {
    if (bytes < 0 || bytes > left()) {
      throw new MalformedException(
          Long.toUnsignedString(bytes) + " bytes are announced, " + left() + " are left", position);
    }
  }

  /** One byte, 0 to 255. */
  public int u8() throws IOException {
    if (position < windowAt || position >= windowAt + windowLength) {
      fill(1);
    }
    return window[(int) (position++ - windowAt)] & 0xff;
  }

  /** Two bytes without a sign. */
  public int u16() throws IOException {
    return (int) number(2);
  }

  /** Four bytes without a sign. */
  public long u32() throws IOException {
    return number(4);
  }

  /** Four bytes with a sign. */
  public int i32() throws IOException {
    return (int) number(4);
  }

  /** Eight bytes as they are: what is over 2^63 comes out negative. */
  public long i64() throws IOException {
    return number(8);
  }

  /** A whole number of 1 to 8 bytes, without a sign where it has fewer than 8. */
  public long number(int bytes) throws IOException {
    if (position < windowAt || position + bytes > windowAt + windowLength) {
      fill(bytes);
    }
    int from = (int) (position - windowAt);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      int at = bigEndian ? from + i : from + bytes - 1 - i;
      value = (value << 8) | (window[at] & 0xff);
    }
    position += bytes;
    return value;
  }

  /**
   * Bytes to hold in memory.
   *
   * @throws LimitException when a reader may not hold so many
   */
  public byte[] bytes(long length) throws IOException {
    need(length);
    if (length > budget.limits().memory()) {
      throw new LimitException("a piece of " + length + " bytes is more than is held in memory");
    }
    byte[] bytes = source.bytes(position, (int) length);
    if (bytes.length != length) {
      throw new MalformedException("ends too early", position);
    }
    position += length;
    return bytes;
  }

  /** Text in UTF-8; what is not comes out with replacement characters. */
  public String text(long length) throws IOException {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /**
   * Text in UTF-8.
   *
   * @throws MalformedException when it is not
   */
  public String strictText(long length) throws IOException {
    long at = position;
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(length))).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("text that is not UTF-8", at);
    }
  }

  private void fill(int bytes) throws IOException {
    need(bytes);
    if ((++refills & 0x3ff) == 0) {
      budget.time();
    }
    int length = (int) Math.min(WINDOW, end - position);
    windowLength = source.readFully(position, window, 0, length);
    windowAt = position;
    if (windowLength < bytes) {
      throw new MalformedException("ends too early", position);
    }
  }
}
