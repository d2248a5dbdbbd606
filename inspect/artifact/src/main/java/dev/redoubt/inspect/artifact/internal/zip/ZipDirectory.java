package dev.redoubt.inspect.artifact.internal.zip;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The central directory of a Zip archive, read strictly (APPNOTE 6.3.10, 4.3.12 to 4.3.16). */
final class ZipDirectory {
  private static final int END = 22;
  private static final int LONGEST_END = END + 0xffff;

  /** An entry as the central directory has it. */
  record Entry(String name, int flags, int method, long crc, long packed, long size, long header) {}

  private final ByteSource source;

  ZipDirectory(ByteSource source) {
    this.source = source;
  }

  List<Entry> read() throws IOException {
    int length = (int) Math.min(LONGEST_END, source.size());
    byte[] tail = source.bytes(source.size() - length, length);
    int end = -1;
    for (int i = tail.length - END; i >= 0 && end < 0; i--) {
      if (u4(tail, i) == 0x06054b50L && i + END + u2(tail, i + 20) == tail.length) {
        end = i;
      }
    }
    if (end < 0) {
      throw new MalformedException("a Zip archive without an end", source.size());
    }
    long count = u2(tail, end + 10);
    long size = u4(tail, end + 12);
    long offset = u4(tail, end + 16);
    long endAt = source.size() - length + end;
    if (count == 0xffff || size == 0xffff_ffffL || offset == 0xffff_ffffL) {
      byte[] locator = source.bytes(Math.max(0, endAt - 20), 20);
      if (locator.length == 20 && u4(locator, 0) == 0x07064b50L) {
        byte[] big = source.bytes(u8(locator, 8), 56);
        if (big.length == 56 && u4(big, 0) == 0x06064b50L) {
          count = u8(big, 32);
          size = u8(big, 40);
          offset = u8(big, 48);
        }
      }
    }
    if (offset < 0 || size < 0 || offset > source.size() || size > source.size() - offset) {
      throw new MalformedException("a directory outside of the archive", endAt);
    }
    return entries(offset, size, count);
  }

  private List<Entry> entries(long offset, long size, long count) throws IOException {
    var entries = new ArrayList<Entry>();
    long at = offset;
    while (at < offset + size) {
      byte[] head = source.bytes(at, 46);
      if (head.length < 46 || u4(head, 0) != 0x02014b50L) {
        throw new MalformedException("not an entry of a directory", at);
      }
      int nameLength = u2(head, 28);
      int extraLength = u2(head, 30);
      byte[] rest = source.bytes(at + 46, nameLength + extraLength);
      long[] sizes = {u4(head, 24), u4(head, 20), u4(head, 42)};
      wide(rest, nameLength, sizes);
      String name = new String(rest, 0, Math.min(nameLength, rest.length), StandardCharsets.UTF_8);
      entries.add(
          new Entry(name, u2(head, 8), u2(head, 10), u4(head, 16), sizes[1], sizes[0], sizes[2]));
      at += 46L + nameLength + extraLength + u2(head, 32);
    }
    if (entries.size() != count) {
      throw new MalformedException("says " + count + " entries and has " + entries.size(), offset);
    }
    return entries;
  }

  /** Zip64: the sizes and the offset that are all ones above stand in an extra field. */
  private static void wide(byte[] rest, int from, long[] sizes) {
    int i = from;
    while (i + 4 <= rest.length) {
      int id = u2(rest, i);
      int length = u2(rest, i + 2);
      if (id == 1) {
        int at = i + 4;
        for (int k = 0; k < 3; k++) {
          if (sizes[k] == 0xffff_ffffL && at + 8 <= Math.min(rest.length, i + 4 + length)) {
            sizes[k] = u8(rest, at);
            at += 8;
          }
        }
      }
      i += 4 + length;
    }
  }

  static int u2(byte[] b, int i) {
    return (b[i] & 0xff) | ((b[i + 1] & 0xff) << 8);
  }

  static long u4(byte[] b, int i) {
    return u2(b, i) | ((long) u2(b, i + 2) << 16);
  }

  static long u8(byte[] b, int i) {
    return u4(b, i) | (u4(b, i + 4) << 32);
  }
}
