package dev.redoubt.detect;

import java.util.Arrays;

/** Hash table from the hash of a window of chars to an owner and a position; open addressing. */
final class WindowTable {
  /** Owner of windows that nobody has to himself. */
  static final int SHARED = -1;

  private static final int FREE = -2;

  private long[] hashes;
  private int[] owners;
  private int[] positions;
  private int size;

  WindowTable(int expected) {
    int capacity = Integer.highestOneBit(Math.max(8, Math.min(expected, 1 << 28)) * 2 - 1) * 2;
    hashes = new long[capacity];
    owners = new int[capacity];
    positions = new int[capacity];
    Arrays.fill(owners, FREE);
  }

  /** Slot of a hash, or -1 when it is not there. */
  int find(long hash) {
    int slot = slot(hash);
    return owners[slot] == FREE ? -1 : slot;
  }

  int owner(int slot) {
    return owners[slot];
  }

  int position(int slot) {
    return positions[slot];
  }

  void share(int slot) {
    owners[slot] = SHARED;
  }

  void put(long hash, int owner, int position) {
    if (size * 2 >= owners.length) {
      grow();
    }
    int slot = slot(hash);
    if (owners[slot] == FREE) {
      size++;
    }
    hashes[slot] = hash;
    owners[slot] = owner;
    positions[slot] = position;
  }

  private int slot(long hash) {
    int mask = owners.length - 1;
    int slot = (int) (mix(hash) & mask);
    while (owners[slot] != FREE && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long mix(long hash) {
    long h = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return h ^ (h >>> 29);
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldOwners = owners;
    int[] oldPositions = positions;
    hashes = new long[oldOwners.length * 2];
    owners = new int[oldOwners.length * 2];
    positions = new int[oldOwners.length * 2];
    Arrays.fill(owners, FREE);
    for (int i = 0; i < oldOwners.length; i++) {
      if (oldOwners[i] != FREE) {
        int slot = slot(oldHashes[i]);
        hashes[slot] = oldHashes[i];
        owners[slot] = oldOwners[i];
        positions[slot] = oldPositions[i];
      }
    }
  }
}
