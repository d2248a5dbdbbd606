package dev.redoubt.inspect.artifact.internal.tar;

import dev.redoubt.inspect.artifact.MalformedException;
import java.nio.charset.StandardCharsets;

/**
 * A header block of 512 bytes (POSIX.1-2017 pax, "ustar Interchange Format", and the GNU and v7
 * variants of it).
 *
 * @param name with the prefix of ustar put in front
 * @param size number of bytes that follow
 * @param type letter of the kind
 * @param link what a link leads to
 * @param gnu whether the fields after 345 are those of GNU
 */
record TarHeader(String name, long size, char type, String link, boolean gnu) {
  static final int BLOCK = 512;

  /** Says whether a block has the checksum of a header. */
  static boolean sums(byte[] block) {
    if (block.length < BLOCK) {
      return false;
    }
    long said = octal(block, 148, 8);
    long unsigned = 8 * ' ';
    long signed = 8 * ' ';
    for (int i = 0; i < BLOCK; i++) {
      if (i < 148 || i >= 156) {
        unsigned += block[i] & 0xff;
        signed += block[i];
      }
    }
    // Old writers added up signed characters.
    return said >= 0 && (said == unsigned || said == signed);
  }

  static TarHeader of(byte[] block, long at) throws MalformedException {
    long size = number(block, 124, 12);
    if (size < 0) {
      throw new MalformedException("a tar header has a size that is no number", at + 124);
    }
    String name = text(block, 0, 100);
    boolean ustar = new String(block, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    boolean gnu = ustar && block[262] == ' ';
    if (ustar && !gnu) {
      String prefix = text(block, 345, 155);
      name = prefix.isEmpty() ? name : prefix + "/" + name;
    }
    char type = block[156] == 0 ? '0' : (char) (block[156] & 0xff);
    return new TarHeader(name, size, type, text(block, 157, 100), gnu);
  }

  static String text(byte[] block, int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }

  /**
   * A number in octal digits or, from a first byte with the high bit on, in base 256; -1 where
   * neither.
   */
  static long number(byte[] block, int from, int length) {
    if ((block[from] & 0x80) == 0) {
      return octal(block, from, length);
    }
    if ((block[from] & 0x7f) != 0) {
      return -1;
    }
    long value = 0;
    for (int i = from + 1; i < from + length; i++) {
      if (value >> 54 != 0) {
        return -1;
      }
      value = value << 8 | (block[i] & 0xff);
    }
    return value;
  }

  private static long octal(byte[] block, int from, int length) {
    int i = from;
    int end = from + length;
    while (i < end && block[i] == ' ') {
      i++;
    }
    long value = 0;
    while (i < end && block[i] >= '0' && block[i] <= '7') {
      value = value << 3 | block[i++] - '0';
    }
    while (i < end) {
      if (block[i] != 0 && block[i] != ' ') {
        return -1;
      }
      i++;
    }
    return value;
  }
}
