package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that can be read at any position: a file, a member of an archive, a piece of either.
 *
 * <p>A source may be read by one thread at a time. A source of a compressed member unpacks from its
 * start again when it is read backwards over a long way, so readers go forward where they can.
 */
public interface ByteSource {
  /** Number of bytes. */
  long size();

  /**
   * Reads bytes.
   *
   * @param position where to start, from 0
   * @return how many were read, at least one; -1 at or after the end
   */
  int read(long position, byte[] into, int offset, int length) throws IOException;

  /** Reads up to {@code length} bytes; fewer only where the source ends. */
  default byte[] bytes(long position, int length) throws IOException {
    int wanted = (int) Math.max(0, Math.min(length, size() - position));
    byte[] bytes = new byte[wanted];
    int got = readFully(position, bytes, 0, wanted);
    return got == wanted ? bytes : java.util.Arrays.copyOf(bytes, got);
  }

  /** Reads until {@code length} bytes are there or the source ends; gives their number. */
  default int readFully(long position, byte[] into, int offset, int length) throws IOException {
    int got = 0;
    while (got < length) {
      int n = read(position + got, into, offset + got, length - got);
      if (n < 0) {
        break;
      }
      got += n;
    }
    return got;
  }

  /** The bytes from a position to the end as a stream without a buffer. */
  default InputStream stream(long from) {
    return new SourceStream(this, from);
  }

  /**
   * A piece of the source.
   *
   * @throws IllegalArgumentException when it reaches out of the source
   */
  default ByteSource slice(long from, long length) {
    return from == 0 && length == size() ? this : new SliceSource(this, from, length);
  }

  /** Bytes in memory. */
  static ByteSource of(byte[] bytes) {
    return new MemorySource(bytes);
  }

  /**
   * A source over a stream that can be opened again, such as a compressed member: reads go forward
   * on one open stream, and a read far back opens it anew. Counts what it unpacks against the
   * budget. Held in memory where it is small.
   *
   * @param opener opens it at its first byte
   * @param packedSize number of bytes that the stream is unpacked from, for the ratio
   * @throws IOException when the stream can't be read to its end, which finding its size takes
   */
  static ByteSource unpacking(StreamOpener opener, long packedSize, Budget budget)
      throws IOException {
    return UnpackedSource.open(opener, packedSize, budget);
  }

  /** Opens a stream at its first byte, as often as asked. */
  @FunctionalInterface
  interface StreamOpener {
    InputStream open() throws IOException;
  }
}
