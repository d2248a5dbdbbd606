package dev.redoubt.inspect.artifact;

import java.io.IOException;

/** A piece of another source. */
record SliceSource(ByteSource whole, long from, long size) implements ByteSource {
  SliceSource {
    if (from < 0 || size < 0 || from > whole.size() - size) {
      throw new IllegalArgumentException(
          "no piece of " + size + " bytes at " + from + " in " + whole.size());
    }
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) throws IOException {
    if (position >= size) {
      return -1;
    }
    return whole.read(from + position, into, offset, (int) Math.min(length, size - position));
  }
}
