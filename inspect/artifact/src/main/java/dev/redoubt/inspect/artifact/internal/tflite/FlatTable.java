package dev.redoubt.inspect.artifact.internal.tflite;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;

/** A table of a FlatBuffer: each field within the bounds of the file. */
final class FlatTable {
  private final Extent extent;
  private final ByteReader reader;
  private final long at;
  private final long fields;
  private final int fieldsSize;
  private final int tableSize;

  FlatTable(Extent extent, long at) throws IOException {
    this.extent = extent;
    this.reader = extent.reader;
    this.at = at;
    int back = reader.at(at).i32();
    this.fields = at - back;
    reader.at(fields);
    this.fieldsSize = reader.u16();
    this.tableSize = reader.u16();
    if (fieldsSize < 4 || fieldsSize % 2 != 0 || tableSize < 4) {
      throw new MalformedException("a table of impossible measures", at);
    }
    reader.at(fields).need(fieldsSize);
    reader.at(at).need(tableSize);
    extent.reach(at + tableSize);
    extent.reach(fields + fieldsSize);
  }

  /** How far anything that was read reaches. */
  long extent() {
    return extent.furthest();
  }

  void reach(long end) {
    extent.reach(end);
  }

  long at() {
    return at;
  }

  /** Where a field lies; -1 where it is left out. */
  private long field(int number, int size) throws IOException {
    int slot = 4 + 2 * number;
    if (slot + 2 > fieldsSize) {
      return -1;
    }
    int offset = reader.at(fields + slot).u16();
    if (offset == 0) {
      return -1;
    }
    if (offset + size > tableSize) {
      throw new MalformedException("a field outside of its table", at);
    }
    return at + offset;
  }

  long number(int field, int size, long otherwise) throws IOException {
    long where = field(field, size);
    return where < 0 ? otherwise : reader.at(where).number(size);
  }

  /** Where a field that is an offset leads; -1 where it is left out. */
  long offset(int field) throws IOException {
    long where = field(field, 4);
    if (where < 0) {
      return -1;
    }
    long target = where + reader.at(where).u32();
    if (target > reader.size() - 4) {
      throw new MalformedException("an offset that leads out of the file", where);
    }
    return target;
  }

  String text(int field) throws IOException {
    long where = offset(field);
    if (where < 0) {
      return "";
    }
    long length = reader.at(where).u32();
    reader.need(length);
    extent.reach(where + 4 + length + 1);
    return reader.text(length);
  }

  /** Length of a vector, checked against the file; 0 where it is left out. */
  long length(int field, int elementSize) throws IOException {
    long where = offset(field);
    if (where < 0) {
      return 0;
    }
    long length = reader.at(where).u32();
    reader.need(length * elementSize);
    extent.reach(where + 4 + length * elementSize);
    return length;
  }

  /** A whole number in a vector of them. */
  long element(int field, long index) throws IOException {
    return reader.at(offset(field) + 4 + 4 * index).i32();
  }

  FlatTable table(int field, long index) throws IOException {
    long where = offset(field) + 4 + 4 * index;
    return new FlatTable(extent, where + reader.at(where).u32());
  }

  /** A table that a field leads to. */
  FlatTable inner(int field) throws IOException {
    return new FlatTable(extent, offset(field));
  }
}
