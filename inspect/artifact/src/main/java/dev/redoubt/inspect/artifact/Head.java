package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The first bytes of a source, to tell its format by; its last ones where they are asked for. */
public final class Head {
  /** Number of first bytes that are there, where the source has as many. */
  public static final int LENGTH = 4096;

  private static final byte[] NONE = {};

  private final ByteSource source;
  private final byte[] bytes;
  private byte[] tail = NONE;

  /** Reads the first bytes. */
  public Head(ByteSource source) throws IOException {
    this.source = source;
    this.bytes = source.bytes(0, LENGTH);
  }

  /** Number of bytes of the whole source. */
  public long size() {
    return source.size();
  }

  /** Number of bytes that are here. */
  public int length() {
    return bytes.length;
  }

  /** A byte, 0 to 255; -1 after the last one that is here. */
  public int at(int index) {
    return index < bytes.length ? bytes[index] & 0xff : -1;
  }

  /** Says whether the source starts with these bytes, each 0 to 255. */
  public boolean startsWith(int... magic) {
    return has(0, magic);
  }

  /** Says whether these bytes stand at an offset. */
  public boolean has(int offset, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (at(offset + i) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Says whether this text stands at an offset. */
  public boolean has(int offset, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (at(offset + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whole number of four bytes, low byte first; as if zeros followed the source. */
  public long u32(int offset) {
    long value = 0;
    for (int i = 3; i >= 0; i--) {
      value = (value << 8) | Math.max(0, at(offset + i));
    }
    return value;
  }

  /** Whole number of eight bytes, low byte first. */
  public long u64(int offset) {
    return u32(offset) | (u32(offset + 4) << 32);
  }

  /** The first bytes as Latin 1 text. */
  public String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A copy of the first bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The last bytes of the source, up to {@code length}; 128 KiB at most. */
  public byte[] tail(int length) throws IOException {
    int wanted = (int) Math.min(Math.min(length, 1 << 17), source.size());
    if (tail.length < wanted) {
      tail = source.bytes(source.size() - wanted, wanted);
    }
    return tail.length == wanted
        ? tail.clone()
        : java.util.Arrays.copyOfRange(tail, tail.length - wanted, tail.length);
  }
}
