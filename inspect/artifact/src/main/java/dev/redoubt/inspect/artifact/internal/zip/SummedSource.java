package dev.redoubt.inspect.artifact.internal.zip;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * Adds the bytes up as its readers go forward, so that a checksum takes no reading of its own; what
 * they left out is read at the end.
 */
final class SummedSource implements ByteSource {
  private static final int CHUNK = 1 << 16;

  private final ByteSource source;
  private final CRC32 crc = new CRC32();
  private long summed;

  SummedSource(ByteSource source) {
    this.source = source;
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) throws IOException {
    int n = source.read(position, into, offset, length);
    if (n > 0 && position <= summed && position + n > summed) {
      int known = (int) (summed - position);
      crc.update(into, offset + known, n - known);
      summed = position + n;
    }
    return n;
  }

  /** The checksum of all bytes. */
  long sum(Budget budget) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(1, size() - summed))];
    while (summed < size()) {
      long before = summed;
      if (read(summed, chunk, 0, chunk.length) < 0 || summed == before) {
        break;
      }
      budget.time();
    }
    return crc.getValue();
  }
}
