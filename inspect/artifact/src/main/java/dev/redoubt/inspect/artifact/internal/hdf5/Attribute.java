package dev.redoubt.inspect.artifact.internal.hdf5;

import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An attribute of an object.
 *
 * @param name its name
 * @param texts the bytes of its texts; none where it holds numbers
 */
record Attribute(String name, List<byte[]> texts) {
  private static final int MAX_TEXTS = 10_000;
  private static final int FIXED = 3;
  private static final int VARIABLE = 9;

  static Attribute read(Hdf5File file, long at, long size) throws IOException {
    ByteReader reader = file.reader.at(at);
    reader.need(size);
    int version = reader.u8();
    int flags = reader.u8();
    if (version < 1 || version > 3) {
      throw new MalformedException("an attribute of version " + version, at);
    }
    int nameSize = reader.u16();
    int typeSize = reader.u16();
    int spaceSize = reader.u16();
    reader.skip(version == 3 ? 1 : 0);
    int round = version == 1 ? 8 : 1;
    long nameAt = reader.position();
    long typeAt = nameAt + padded(nameSize, round);
    long spaceAt = typeAt + padded(typeSize, round);
    long dataAt = spaceAt + padded(spaceSize, round);
    if (dataAt > at + size) {
      throw new MalformedException("an attribute that its message does not hold", at);
    }
    String name = new String(reader.bytes(nameSize), StandardCharsets.UTF_8).replace("\0", "");
    if (((flags & 1) != 0 && version > 1) || typeSize < 8) {
      return new Attribute(name, List.of());
    }
    reader.at(typeAt);
    int kind = reader.u8() & 0xf;
    long bits = reader.number(3);
    long element = reader.u32();
    boolean text = kind == FIXED || (kind == VARIABLE && (bits & 0xf) == 1);
    if (!text) {
      return new Attribute(name, List.of());
    }
    long count = count(file, spaceAt, spaceSize);
    return new Attribute(name, texts(file, kind, element, count, dataAt, at + size));
  }

  private static long padded(int size, int round) {
    return (size + round - 1L) / round * round;
  }

  private static long count(Hdf5File file, long at, int size) throws IOException {
    if (size < 4) {
      return 0;
    }
    ByteReader reader = file.reader.at(at);
    int version = reader.u8();
    int rank = reader.u8();
    reader.skip(1);
    int type = reader.u8();
    reader.skip(version == 1 ? 4 : 0);
    if (version == 2 && type == 2) {
      return 0;
    }
    long count = 1;
    for (int i = 0; i < rank; i++) {
      long length = file.length();
      if (length < 0 || length > MAX_TEXTS) {
        throw new MalformedException("an attribute of " + length + " values", at);
      }
      count *= length;
      if (count > MAX_TEXTS) {
        throw new MalformedException("an attribute of more than " + MAX_TEXTS + " values", at);
      }
    }
    return count;
  }

  private static List<byte[]> texts(
      Hdf5File file, int kind, long element, long count, long from, long end) throws IOException {
    long width = kind == FIXED ? element : 8L + file.addressWidth;
    if (width < 0 || width > 1L << 40 || width * count > end - from) {
      throw new MalformedException(
          count + " texts of " + width + " bytes where " + (end - from) + " are left", from);
    }
    var texts = new ArrayList<byte[]>();
    long held = 0;
    for (long i = 0; i < count; i++) {
      file.reader.at(from + i * width);
      if (kind == FIXED) {
        texts.add(file.reader.bytes(width));
      } else {
        long length = file.reader.u32();
        held += length;
        if (held > file.reader.budget().limits().memory()) {
          throw new LimitException("an attribute of " + held + " bytes is more than is held");
        }
        long heap = file.address();
        int index = file.reader.i32();
        byte[] bytes = file.global(heap, index, length);
        texts.add(bytes == null ? new byte[0] : bytes);
      }
    }
    return texts;
  }
}
