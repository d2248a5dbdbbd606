package dev.redoubt.inspect.artifact.internal.hdf5;

import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The heap that links and attributes lie in where there are many (specification, III.G). */
final class FractalHeap {
  private static final int MAX_ROWS = 64;
  private static final int MAX_BLOCKS = 100_000;

  private final Hdf5File file;
  private final TreeMap<Long, long[]> blocks = new TreeMap<>();
  private int width;
  private long starting;
  private long largest;
  private int offsetBytes;
  private int lengthBytes;
  private boolean filtered;
  private long hugeTree;

  private FractalHeap(Hdf5File file) {
    this.file = file;
  }

  static FractalHeap read(Hdf5File file, long address) throws IOException {
    var heap = new FractalHeap(file);
    file.count();
    ByteReader reader = file.at(address);
    file.signature("FRHP");
    reader.skip(1 + 2);
    heap.filtered = reader.u16() != 0;
    reader.skip(1);
    long managed = reader.u32();
    file.length();
    heap.hugeTree = file.address();
    reader.skip(8L * file.lengthWidth + file.addressWidth + file.lengthWidth);
    heap.width = reader.u16();
    heap.starting = file.length();
    heap.largest = file.length();
    int bits = reader.u16();
    reader.skip(2);
    long root = file.address();
    int rows = reader.u16();
    if (heap.width < 1
        || heap.width > 4096
        || !power(heap.starting)
        || !power(heap.largest)
        || heap.largest < heap.starting
        || bits < 1
        || bits > 64
        || rows > MAX_ROWS) {
      throw new MalformedException("a heap of impossible measures", file.base + address);
    }
    heap.offsetBytes = (bits + 7) / 8;
    heap.lengthBytes = bytesFor(Math.min(heap.largest, Math.max(1, managed)));
    if (heap.filtered) {
      throw new LimitException("a heap that is compressed");
    }
    if (root != Hdf5File.UNDEFINED) {
      if (rows == 0) {
        heap.blocks.put(0L, new long[] {root, heap.starting});
      } else {
        heap.indirect(root, 0, rows, 0);
      }
    }
    return heap;
  }

  private static boolean power(long size) {
    return size > 0 && Long.bitCount(size) == 1 && size <= 1L << 40;
  }

  static int bytesFor(long value) {
    return (63 - Long.numberOfLeadingZeros(Math.max(1, value))) / 8 + 1;
  }

  private long rowSize(int row) {
    return row == 0 ? starting : starting << Math.min(row - 1, 40);
  }

  private void indirect(long address, long from, int rows, int depth) throws IOException {
    if (depth > 8 || blocks.size() > MAX_BLOCKS) {
      throw new MalformedException("a heap nested in circles", file.base + address);
    }
    file.count();
    file.at(address);
    file.signature("FHIB");
    file.reader.skip(1L + file.addressWidth + offsetBytes);
    long at = file.reader.position();
    long offset = from;
    for (int row = 0; row < rows; row++) {
      long size = rowSize(row);
      for (int column = 0; column < width; column++) {
        file.reader.at(at);
        long child = file.address();
        at = file.reader.position();
        if (child != Hdf5File.UNDEFINED) {
          if (size <= largest) {
            blocks.put(offset, new long[] {child, size});
          } else {
            int childRows = 64 - Long.numberOfLeadingZeros(Math.max(1, size / (starting * width)));
            indirect(child, offset, Math.min(childRows, MAX_ROWS), depth + 1);
          }
        }
        offset += size;
      }
    }
  }

  /** An object too large for the blocks lies by itself; a tree says where. */
  private long[] huge(long idAt) throws IOException {
    ByteReader reader = file.reader.at(idAt);
    long wanted = reader.number(Math.min(7, file.lengthWidth));
    if (hugeTree == Hdf5File.UNDEFINED) {
      throw new MalformedException("an object that its heap does not hold", idAt);
    }
    for (long record : BTree.second(file, hugeTree)) {
      reader.at(record);
      long address = file.address();
      long length = file.length();
      if (file.length() == wanted) {
        file.at(address).need(length);
        return new long[] {file.base + address, length};
      }
    }
    throw new MalformedException("an object that its heap does not hold", idAt);
  }

  /** Where an object lies in the file, and its length; an empty array where it is not here. */
  long[] find(long id) throws IOException {
    ByteReader reader = file.reader.at(id);
    int first = reader.u8();
    int kind = first >> 4 & 3;
    if (kind == 2) {
      int length = (first & 0xf) + 1;
      return new long[] {reader.position(), length};
    }
    if (kind == 1) {
      return huge(id + 1);
    }
    if (kind != 0) {
      throw new MalformedException("an object of no kind that heaps hold", id);
    }
    long offset = reader.number(offsetBytes);
    long length = reader.number(lengthBytes);
    Map.Entry<Long, long[]> block = blocks.floorEntry(offset);
    if (offset < 0
        || block == null
        || length < 0
        || offset - block.getKey() > block.getValue()[1] - length) {
      throw new MalformedException("an object that its heap does not hold", id);
    }
    long at = file.base + block.getValue()[0] + (offset - block.getKey());
    file.reader.at(at).need(length);
    return new long[] {at, length};
  }
}
