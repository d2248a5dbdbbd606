package dev.redoubt.inspect.artifact.internal.hdf5;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Trees of either version, flattened to where their records lie. */
final class BTree {
  private static final int DEEPEST = 12;
  private static final int MAX_RECORDS = 200_000;

  private final Hdf5File file;
  private final List<Long> records = new ArrayList<>();
  private int recordSize;
  private int[] counts = new int[0];
  private int[] totals = new int[0];

  private BTree(Hdf5File file) {
    this.file = file;
  }

  /** Positions of the records of a tree of version 2. */
  static List<Long> second(Hdf5File file, long address) throws IOException {
    var tree = new BTree(file);
    file.count();
    ByteReader reader = file.at(address);
    file.signature("BTHD");
    reader.skip(2);
    long nodeSize = reader.u32();
    tree.recordSize = reader.u16();
    int depth = reader.u16();
    reader.skip(2);
    long root = file.address();
    int count = reader.u16();
    if (tree.recordSize < 1 || depth > DEEPEST || nodeSize < 16 || nodeSize > 1 << 24) {
      throw new MalformedException("a tree of impossible measures", file.base + address);
    }
    tree.widths(nodeSize, depth);
    if (root != Hdf5File.UNDEFINED && count > 0) {
      tree.node(root, count, depth);
    }
    return tree.records;
  }

  /** How many bytes the counts in a node take, which depends on how many records one can hold. */
  private void widths(long nodeSize, int depth) {
    counts = new int[depth + 1];
    totals = new int[depth + 1];
    long most = (nodeSize - 10) / recordSize;
    double all = most;
    counts[0] = FractalHeap.bytesFor(most);
    for (int level = 1; level <= depth; level++) {
      int pointer = file.addressWidth + counts[0] + totals[level - 1];
      most = (nodeSize - 10 - pointer) / (recordSize + pointer);
      all = (most + 1) * all + most;
      counts[level] = FractalHeap.bytesFor(most);
      totals[level] = FractalHeap.bytesFor((long) Math.min(all, 1e18));
    }
  }

  private void node(long address, long count, int level) throws IOException {
    file.count();
    ByteReader reader = file.at(address);
    file.signature(level == 0 ? "BTLF" : "BTIN");
    reader.skip(2);
    reader.need(count * recordSize);
    for (long i = 0; i < count; i++) {
      records.add(reader.position());
      reader.skip(recordSize);
    }
    if (records.size() > MAX_RECORDS) {
      throw new MalformedException("more records than any file has", file.base + address);
    }
    if (level > 0) {
      long at = reader.position();
      for (long i = 0; i <= count; i++) {
        reader.at(at);
        long child = file.address();
        long childCount = reader.number(counts[0]);
        reader.skip(level > 1 ? totals[level - 1] : 0);
        at = reader.position();
        node(child, childCount, level - 1);
      }
    }
  }

  /** Addresses of the tables of symbols below a tree of version 1. */
  static List<Long> first(Hdf5File file, long address) throws IOException {
    var tree = new BTree(file);
    tree.old(address, 0);
    return tree.records;
  }

  private void old(long address, int depth) throws IOException {
    if (depth > DEEPEST || records.size() > MAX_RECORDS) {
      throw new MalformedException("a tree nested in circles", file.base + address);
    }
    file.count();
    ByteReader reader = file.at(address);
    file.signature("TREE");
    if (reader.u8() != 0) {
      throw new MalformedException("not a tree of a group", reader.position() - 1);
    }
    int level = reader.u8();
    int used = reader.u16();
    reader.skip(2L * file.addressWidth + file.lengthWidth);
    long at = reader.position();
    for (int i = 0; i < used; i++) {
      reader.at(at);
      long child = file.address();
      reader.skip(file.lengthWidth);
      at = reader.position();
      if (level == 0) {
        records.add(child);
      } else {
        old(child, depth + 1);
      }
    }
  }
}
