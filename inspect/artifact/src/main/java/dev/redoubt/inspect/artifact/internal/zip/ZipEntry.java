package dev.redoubt.inspect.artifact.internal.zip;

import static dev.redoubt.inspect.artifact.internal.LittleEndian.u2;
import static dev.redoubt.inspect.artifact.internal.LittleEndian.u4;
import static dev.redoubt.inspect.artifact.internal.LittleEndian.u8;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * An entry as the directory or a local header has it.
 *
 * @param name as the bytes say in UTF-8, or else in code page 437 as far as that is Latin 1
 * @param rawName its bytes, in hexadecimal
 * @param flags general purpose bits
 * @param method of packing
 * @param crc of the unpacked bytes
 * @param packed number of packed bytes
 * @param size number of unpacked bytes
 * @param header offset of the local header
 * @param mode file mode of Unix; 0 where the writer was no Unix
 */
record ZipEntry(
    String name,
    String rawName,
    int flags,
    int method,
    long crc,
    long packed,
    long size,
    long header,
    int mode) {
  static final int STORED = 0;
  static final int DEFLATED = 8;
  static final int DESCRIPTOR = 8;

  /** Encrypted, strongly encrypted, patched, masked. */
  static final int UNREADABLE = 0x2061;

  private static final long ALL_ONES = 0xffff_ffffL;
  private static final int LINK = 0xa000;

  /** Reads an entry of the directory, 46 bytes and what follows them. */
  static ZipEntry central(byte[] head, byte[] rest, long shift, Consumer<String> problem) {
    int nameLength = u2(head, 28);
    long[] wide = {u4(head, 24), u4(head, 20), u4(head, 42)};
    byte[] name = Arrays.copyOf(rest, nameLength);
    extra(Arrays.copyOfRange(rest, nameLength, nameLength + u2(head, 30)), wide, name, problem);
    boolean unix = head[5] == 3 || head[5] == 19;
    return new ZipEntry(
        decode(name),
        HexFormat.of().formatHex(name),
        u2(head, 8),
        u2(head, 10),
        u4(head, 16),
        wide[1],
        wide[0],
        wide[2] + shift,
        unix ? u2(head, 40) : 0);
  }

  /** Reads a local header, 30 bytes and what follows them. */
  static ZipEntry local(byte[] head, byte[] rest, long at, Consumer<String> problem) {
    int nameLength = u2(head, 26);
    long[] wide = {u4(head, 22), u4(head, 18)};
    byte[] name = Arrays.copyOf(rest, nameLength);
    extra(Arrays.copyOfRange(rest, nameLength, nameLength + u2(head, 28)), wide, name, problem);
    return new ZipEntry(
        decode(name),
        HexFormat.of().formatHex(name),
        u2(head, 6),
        u2(head, 8),
        u4(head, 14),
        wide[1],
        wide[0],
        at,
        0);
  }

  /** Numbers that are all ones stand in an extra field, of 64 bits; names may stand there again. */
  private static void extra(byte[] extra, long[] wide, byte[] name, Consumer<String> problem) {
    int i = 0;
    boolean seen = false;
    while (i + 4 <= extra.length) {
      int id = u2(extra, i);
      int length = u2(extra, i + 2);
      int from = i + 4;
      int to = from + length;
      if (to > extra.length) {
        // Tools that align members pad with zeros, which are no fields.
        if (id != 0 || length != 0) {
          problem.accept("has an extra field that reaches beyond its end");
        }
        return;
      }
      if (id == 1) {
        if (seen) {
          problem.accept("has its 64-bit sizes twice");
        }
        seen = true;
        widen(extra, from, to, wide, problem);
      } else if (id == 0x7075
          && length > 5
          && !Arrays.equals(Arrays.copyOfRange(extra, from + 5, to), name)) {
        problem.accept(
            "has a second name in an extra field: "
                + decode(Arrays.copyOfRange(extra, from + 5, to)));
      }
      i = to;
    }
  }

  private static void widen(byte[] extra, int from, int to, long[] wide, Consumer<String> problem) {
    int at = from;
    for (int k = 0; k < wide.length; k++) {
      if (wide[k] == ALL_ONES) {
        if (at + 8 > to) {
          problem.accept("lacks a 64-bit size");
          return;
        }
        wide[k] = u8(extra, at);
        at += 8;
      }
    }
  }

  private static String decode(byte[] name) {
    String text = new String(name, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0 ? text : new String(name, StandardCharsets.ISO_8859_1);
  }

  boolean encrypted() {
    return (flags & UNREADABLE) != 0;
  }

  boolean folder() {
    return name.endsWith("/");
  }

  boolean link() {
    return (mode & 0xf000) == LINK;
  }

  boolean described() {
    return (flags & DESCRIPTOR) != 0;
  }
}
