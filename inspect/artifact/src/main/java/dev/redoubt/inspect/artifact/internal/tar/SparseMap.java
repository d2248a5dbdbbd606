package dev.redoubt.inspect.artifact.internal.tar;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pieces of a sparse member are there; all else of it is zeros. The GNU format and the three
 * of pax (GNU tar manual, "Storing Sparse Files").
 *
 * @param from offset of the bytes of the first piece
 * @param pieces offset and length of each, in order
 * @param size of the member with its holes
 */
record SparseMap(long from, List<long[]> pieces, long size) {
  private static final int MAX_PIECES = 1 << 16;

  static SparseMap gnu(ByteSource source, long header, long data) throws IOException {
    byte[] block = source.bytes(header, TarHeader.BLOCK);
    var pieces = new ArrayList<long[]>();
    pieces(block, 386, 4, pieces, header);
    long size = TarHeader.number(block, 483, 12);
    boolean more = block[482] != 0;
    long from = data;
    while (more) {
      byte[] next = source.bytes(from, TarHeader.BLOCK);
      if (next.length < TarHeader.BLOCK) {
        throw new MalformedException("is cut off in a map of holes", from);
      }
      pieces(next, 0, 21, pieces, from);
      more = next[504] != 0;
      from += TarHeader.BLOCK;
    }
    return new SparseMap(from, pieces, size);
  }

  private static void pieces(byte[] block, int from, int most, List<long[]> pieces, long at)
      throws IOException {
    for (int i = 0; i < most && block[from + 24 * i] != 0; i++) {
      add(
          pieces,
          TarHeader.number(block, from + 24 * i, 12),
          TarHeader.number(block, from + 24 * i + 12, 12),
          at);
    }
  }

  /**
   * The map of pax 0.1 stands in a record, that of 1.0 before the data; 0.0 repeats its records.
   */
  static SparseMap pax(
      ByteSource source, long data, long size, @Nullable String map, @Nullable String realSize)
      throws IOException {
    try {
      long real = realSize == null ? -1 : Long.parseLong(realSize);
      var pieces = new ArrayList<long[]>();
      if (map != null) {
        String[] numbers = map.split(",", -1);
        for (int i = 0; i + 1 < numbers.length; i += 2) {
          add(pieces, Long.parseLong(numbers[i]), Long.parseLong(numbers[i + 1]), data);
        }
        return new SparseMap(data, pieces, real);
      }
      var lines = new Lines(source.slice(data, size));
      long count = lines.next();
      for (long i = 0; i < count; i++) {
        add(pieces, lines.next(), lines.next(), data);
      }
      long used = (lines.at + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
      return new SparseMap(data + used, pieces, real);
    } catch (NumberFormatException e) {
      throw new MalformedException("a map of holes that is no list of numbers", data);
    }
  }

  private static void add(List<long[]> pieces, long offset, long length, long at)
      throws IOException {
    if (pieces.size() >= MAX_PIECES) {
      throw new LimitException("a map of more than " + MAX_PIECES + " pieces");
    }
    if (offset < 0 || length < 0) {
      throw new MalformedException("a map of holes with a negative number", at);
    }
    pieces.add(new long[] {offset, length});
  }

  /** Whether the pieces are in order, in the member, and as long as the bytes that are there. */
  boolean fits(long held) {
    long end = 0;
    long sum = 0;
    for (long[] piece : pieces) {
      if (piece[0] < end || piece[1] > size - piece[0]) {
        return false;
      }
      end = piece[0] + piece[1];
      sum += piece[1];
    }
    return sum == held;
  }

  /** The member with its holes, over the bytes of its pieces. */
  ByteSource over(ByteSource packed) {
    return new Sparse(packed, pieces, size);
  }

  private static final class Lines {
    private static final int LONGEST = 20;

    private final ByteSource bytes;
    private long at;

    Lines(ByteSource bytes) {
      this.bytes = bytes;
    }

    long next() throws IOException {
      byte[] line = bytes.bytes(at, LONGEST);
      int end = 0;
      while (end < line.length && line[end] != '\n') {
        end++;
      }
      at += end + 1L;
      return Long.parseLong(new String(line, 0, end, StandardCharsets.ISO_8859_1));
    }
  }

  private record Sparse(ByteSource packed, List<long[]> pieces, long size) implements ByteSource {
    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      if (position >= size) {
        return -1;
      }
      long from = 0;
      long stop = size;
      for (long[] piece : pieces) {
        if (position < piece[0]) {
          stop = piece[0];
          break;
        }
        if (position < piece[0] + piece[1]) {
          long inside = position - piece[0];
          int n = (int) Math.min(length, piece[1] - inside);
          return packed.read(from + inside, into, offset, n);
        }
        from += piece[1];
      }
      int zeros = (int) Math.min(length, stop - position);
      java.util.Arrays.fill(into, offset, offset + zeros, (byte) 0);
      return zeros;
    }
  }
}
