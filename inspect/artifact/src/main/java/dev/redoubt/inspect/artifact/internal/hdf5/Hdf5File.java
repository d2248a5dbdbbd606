package dev.redoubt.inspect.artifact.internal.hdf5;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frame of an HDF5 file (HDF5 File Format Specification, version 3.0): its superblock, widths
 * of addresses and lengths, and the heap that texts of variable length lie in.
 */
final class Hdf5File {
  /** An address that leads nowhere. */
  static final long UNDEFINED = -1;

  private static final int MAX_OBJECTS = 200_000;
  private static final int MAX_PIECES = 1_000_000;

  final ByteSource source;
  final ByteReader reader;
  final long base;
  int addressWidth = 8;
  int lengthWidth = 8;
  long root;
  long end;
  private int objects;
  private int heapPieces;
  private final Map<Long, Map<Integer, long[]>> heaps = new HashMap<>();

  Hdf5File(ByteSource source, Budget budget, long base) {
    this.source = source;
    this.reader = new ByteReader(source, budget);
    this.base = base;
  }

  /** Goes to an address of the file. */
  ByteReader at(long address) throws MalformedException {
    if (address < 0) {
      throw new MalformedException("an address that leads nowhere", reader.position());
    }
    return reader.at(base + address);
  }

  long address() throws IOException {
    long value = reader.number(addressWidth);
    boolean none = addressWidth == 8 ? value == -1 : value == (1L << (8 * addressWidth)) - 1;
    return none ? UNDEFINED : value;
  }

  long length() throws IOException {
    return reader.number(lengthWidth);
  }

  /** Counts what is read, so that a circle ends. */
  void count() throws IOException {
    if (++objects > MAX_OBJECTS) {
      throw new LimitException("more than " + MAX_OBJECTS + " objects");
    }
    if ((objects & 0xff) == 0) {
      reader.budget().time();
    }
  }

  void signature(String expected) throws IOException {
    long where = reader.position();
    String there = new String(reader.bytes(4), java.nio.charset.StandardCharsets.ISO_8859_1);
    if (!there.equals(expected)) {
      throw new MalformedException(expected + " is not there", where);
    }
  }

  void superblock() throws IOException {
    at(8);
    int version = reader.u8();
    switch (version) {
      case 0, 1 -> old(version);
      case 2, 3 -> {
        widths();
        reader.skip(1);
        long itsBase = address();
        address();
        end = address();
        root = address();
        based(itsBase);
      }
      default -> throw new MalformedException("a superblock of version " + version, base + 8);
    }
    long there = source.size() - base;
    if (end > there) {
      throw new MalformedException(
          "ends after " + there + " bytes, but says " + end, source.size());
    }
  }

  private void widths() throws IOException {
    addressWidth = reader.u8();
    lengthWidth = reader.u8();
    if (!width(addressWidth) || !width(lengthWidth)) {
      throw new MalformedException(
          "addresses of " + addressWidth + " and lengths of " + lengthWidth + " bytes", base + 9);
    }
  }

  private static boolean width(int bytes) {
    return bytes == 2 || bytes == 4 || bytes == 8;
  }

  private void old(int version) throws IOException {
    reader.skip(4);
    widths();
    reader.skip(1 + 2 + 2 + 4 + (version == 1 ? 4 : 0));
    long itsBase = address();
    address();
    end = address();
    address();
    length();
    root = address();
    based(itsBase);
  }

  private void based(long itsBase) throws MalformedException {
    if (itsBase != base && itsBase != 0) {
      throw new MalformedException("says that it starts at byte " + itsBase, base);
    }
    if (itsBase == 0 && base != 0) {
      throw new MalformedException("starts at byte " + base + ", but says 0", base);
    }
    if (end >= 0 && itsBase != 0) {
      end -= itsBase;
    }
  }

  /** A piece of the heap that a text of variable length lies in; null where there is none. */
  byte @Nullable [] global(long heap, int index, long length) throws IOException {
    if (index == 0 || heap == UNDEFINED || length == 0) {
      return new byte[0];
    }
    Map<Integer, long[]> pieces = heaps.get(heap);
    if (pieces == null) {
      pieces = collection(heap);
      heaps.put(heap, pieces);
    }
    long[] piece = pieces.get(index);
    if (piece == null || length > piece[1]) {
      throw new MalformedException("a text that the heap does not hold", base + heap);
    }
    return reader.at(piece[0]).bytes(length);
  }

  private Map<Integer, long[]> collection(long heap) throws IOException {
    count();
    at(heap);
    signature("GCOL");
    reader.skip(4);
    long size = length();
    long stop = heap + size;
    if (size < 16 || base + stop > source.size()) {
      throw new MalformedException("a heap of " + size + " bytes", base + heap);
    }
    var pieces = new HashMap<Integer, long[]>();
    while (reader.position() - base + 8 + lengthWidth <= stop) {
      int index = reader.u16();
      reader.skip(6);
      long length = length();
      if (index == 0) {
        break;
      }
      long padded = (length + 7) / 8 * 8;
      if (length < 0 || padded > base + stop - reader.position() || pieces.size() > 100_000) {
        throw new MalformedException("a piece that its heap does not hold", reader.position());
      }
      if (++heapPieces > MAX_PIECES) {
        throw new LimitException("more than " + MAX_PIECES + " pieces in heaps");
      }
      pieces.put(index, new long[] {reader.position(), length});
      reader.skip(padded);
    }
    return pieces;
  }
}
