package dev.redoubt.detect;

import java.util.Arrays;

/** Bytes with the range of the text that each was decoded from, on their way to a text. */
final class ByteText {
  /** Stands for a byte that is no text; ASCII, so that noise costs no normalising. */
  private static final char NOISE = '\u001A';

  private byte[] bytes;
  private int[] froms;
  private int[] tos;
  private int size;

  ByteText() {
    this(64);
  }

  ByteText(int capacity) {
    bytes = new byte[capacity];
    froms = new int[capacity];
    tos = new int[capacity];
  }

  void add(int value, int from, int to) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
      froms = Arrays.copyOf(froms, size * 2);
      tos = Arrays.copyOf(tos, size * 2);
    }
    bytes[size] = (byte) value;
    froms[size] = from;
    tos[size] = to;
    size++;
  }

  int size() {
    return size;
  }

  /**
   * Says that bytes are certainly no text: nothing beyond ASCII is UTF-8, and it is more than a
   * tenth.
   */
  static boolean isNoise(byte[] bytes, int size) {
    int good = 0;
    int bad = 0;
    for (int i = 0; i < size; i++) {
      int b = bytes[i];
      if (b >= 0) {
        good += (b >= ' ' && b < 0x7F) || b == '\n' || b == '\t' ? 1 : 0;
        continue;
      }
      int length = length(b & 0xFF);
      if (length > 0 && i + length <= size && sequence(bytes, i, length) >= 0) {
        return false;
      }
      bad++;
    }
    return good < 9L * bad;
  }

  /** The bytes themselves, with others after {@link #size()}. */
  byte[] bytes() {
    return bytes;
  }

  /** Reads the bytes as UTF-8; what is not becomes U+001A, byte by byte. */
  MappedText toText(MappedText parent) {
    MappedText.Builder out = parent.derive(size);
    copyInto(out);
    return out.build();
  }

  /** Adds the text of the bytes to one that is being made. */
  void copyInto(MappedText.Builder out) {
    int i = 0;
    while (i < size) {
      int b = bytes[i] & 0xFF;
      int length = length(b);
      int cp = length == 0 || i + length > size ? -1 : sequence(bytes, i, length);
      if (cp < 0) {
        out.add(NOISE, froms[i], tos[i]);
        i++;
      } else {
        out.add(Character.toString(cp), froms[i], tos[i + length - 1]);
        i += length;
      }
    }
  }

  private static int length(int lead) {
    if (lead < 0x80) {
      return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }

  private static int sequence(byte[] bytes, int at, int length) {
    int b = bytes[at] & 0xFF;
    if (length == 1) {
      return b;
    }
    int cp = b & (0x7F >> length);
    for (int k = 1; k < length; k++) {
      int next = bytes[at + k] & 0xFF;
      if ((next & 0xC0) != 0x80) {
        return -1;
      }
      cp = (cp << 6) | (next & 0x3F);
    }
    boolean valid =
        Character.isValidCodePoint(cp)
            && (cp < 0xD800 || cp > 0xDFFF)
            && cp >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000);
    return valid ? cp : -1;
  }
}
