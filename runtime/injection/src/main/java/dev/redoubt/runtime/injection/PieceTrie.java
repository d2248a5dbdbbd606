package dev.redoubt.runtime.injection;

import java.util.Arrays;

/**
 * Prefixes of pieces in an open-addressed table, since tens of thousands of maps would be heavy.
 */
final class PieceTrie {
  static final int ROOT = 0;
  static final int NONE = -1;
  private static final long EMPTY = -1;

  private long[] keys;
  private int[] children;
  private int[] pieces;
  private int nodes = 1;

  PieceTrie(int expected) {
    int size = Integer.highestOneBit(Math.max(16, expected) * 8);
    keys = new long[size];
    children = new int[size];
    Arrays.fill(keys, EMPTY);
    pieces = new int[Math.max(16, expected) * 2];
    Arrays.fill(pieces, NONE);
  }

  void add(String piece, int id) {
    int node = ROOT;
    for (int at = 0; at < piece.length(); at++) {
      int child = next(node, piece.charAt(at));
      node = child == NONE ? grow(node, piece.charAt(at)) : child;
    }
    pieces[node] = id;
  }

  /** The node after the character, or {@link #NONE}. */
  int next(int node, char character) {
    long key = key(node, character);
    for (int slot = slot(key); keys[slot] != EMPTY; slot = (slot + 1) & (keys.length - 1)) {
      if (keys[slot] == key) {
        return children[slot];
      }
    }
    return NONE;
  }

  /** The piece that ends at the node, or {@link #NONE}. */
  int piece(int node) {
    return pieces[node];
  }

  private int grow(int node, char character) {
    if (2 * nodes >= keys.length) {
      rehash();
    }
    if (nodes == pieces.length) {
      pieces = Arrays.copyOf(pieces, 2 * nodes);
      Arrays.fill(pieces, nodes, pieces.length, NONE);
    }
    put(key(node, character), nodes);
    return nodes++;
  }

  private void rehash() {
    var oldKeys = keys;
    var oldChildren = children;
    keys = new long[2 * oldKeys.length];
    children = new int[keys.length];
    Arrays.fill(keys, EMPTY);
    for (int slot = 0; slot < oldKeys.length; slot++) {
      if (oldKeys[slot] != EMPTY) {
        put(oldKeys[slot], oldChildren[slot]);
      }
    }
  }

  private void put(long key, int child) {
    int slot = slot(key);
    while (keys[slot] != EMPTY) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    children[slot] = child;
  }

  private static long key(int node, char character) {
    return ((long) node << Character.SIZE) | character;
  }

  // Fibonacci hashing: neighbours in the key space land far apart.
  private int slot(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (keys.length - 1);
  }
}
