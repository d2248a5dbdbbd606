package dev.redoubt.inspect.artifact;

import java.io.IOException;

/**
 * Tells sparse files by looking at a few places: one of a terabyte takes no space on disk, and an
 * hour to read.
 */
final class Holes {
  private static final long FROM = 1L << 30;
  private static final int PLACES = 200;
  private static final int PAGE = 4096;

  private Holes() {}

  /** Says whether nine in ten places of a large file hold nothing but zeros. */
  static boolean makeMostOf(ByteSource source) throws IOException {
    if (source.size() < FROM) {
      return false;
    }
    byte[] page = new byte[PAGE];
    int empty = 0;
    for (int i = 0; i < PLACES; i++) {
      int n = source.readFully(source.size() / PLACES * i, page, 0, PAGE);
      if (isZero(page, n)) {
        empty++;
      }
    }
    return empty >= PLACES * 9 / 10;
  }

  private static boolean isZero(byte[] page, int length) {
    for (int i = 0; i < length; i++) {
      if (page[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
