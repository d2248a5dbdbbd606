package dev.redoubt.inspect.artifact.internal.hdf5;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;
import java.util.Set;

/** What is said of a data set, and whether it agrees. */
final class Dataset {
  private static final String PREFIX = "inspect.artifact.hdf5-";

  /** Filters of the library itself, and those that the HDF Group has on its list. */
  private static final Set<Integer> FILTERS =
      Set.of(
          1, 2, 3, 4, 5, 6, 257, 305, 307, 32000, 32001, 32004, 32008, 32010, 32013, 32014, 32015,
          32016, 32017, 32018, 32019, 32020, 32021, 32022, 32023, 32024, 32025, 32026, 32027,
          32028);

  private final Hdf5File file;
  private final ReadContext context;
  private long elements = -1;
  private long elementSize = -1;
  private long stored = -1;
  private long at = -1;

  Dataset(Hdf5File file, ReadContext context) {
    this.file = file;
    this.context = context;
  }

  void space() throws IOException {
    ByteReader reader = file.reader;
    int version = reader.u8();
    int rank = reader.u8();
    reader.skip(1);
    int type = reader.u8();
    if (version < 1 || version > 2 || rank > 32) {
      throw new MalformedException("a data space of version " + version, reader.position());
    }
    reader.skip(version == 1 ? 4 : 0);
    long count = version == 2 && type == 2 ? 0 : 1;
    try {
      for (int i = 0; i < rank; i++) {
        long length = file.length();
        count = Math.multiplyExact(count, Math.max(0, length));
      }
    } catch (ArithmeticException e) {
      throw new MalformedException("a data space that overflows", reader.position());
    }
    elements = count;
  }

  void type() throws IOException {
    file.reader.skip(4);
    elementSize = file.reader.u32();
  }

  void layout() throws IOException {
    ByteReader reader = file.reader;
    int version = reader.u8();
    if (version < 3) {
      return;
    }
    int kind = reader.u8();
    if (kind == 1) {
      at = file.address();
      stored = file.length();
    } else if (kind == 3) {
      context.observe(
          PREFIX + "outside",
          Verdict.UNPROVEN,
          "a data set is put together from others, which may lie in other files",
          reader.position());
    } else if (kind > 3) {
      throw new MalformedException(
          "a data set laid out in the unknown way " + kind, reader.position());
    }
  }

  void filters() throws IOException {
    ByteReader reader = file.reader;
    int version = reader.u8();
    int count = reader.u8();
    reader.skip(version == 1 ? 6 : 0);
    for (int i = 0; i < count; i++) {
      int id = reader.u16();
      int nameLength = version == 1 || id >= 256 ? reader.u16() : 0;
      reader.skip(2);
      int values = reader.u16();
      reader.skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength);
      reader.skip(4L * values + (version == 1 && values % 2 == 1 ? 4 : 0));
      if (!FILTERS.contains(id)) {
        context.observe(
            PREFIX + "filter",
            Verdict.UNPROVEN,
            "a data set needs the filter " + id + ", a library that nobody knows",
            reader.position());
      }
    }
  }

  void check() throws MalformedException {
    if (at < 0 || stored < 0) {
      return;
    }
    if (at > file.source.size() - file.base - stored) {
      throw new MalformedException(
          "a data set of " + stored + " bytes reaches out of the file", file.base + at);
    }
    if (elements >= 0 && elementSize > 0 && elements > stored / elementSize) {
      throw new MalformedException(
          "a data set of " + elements + " values of " + elementSize + " bytes in " + stored,
          file.base + at);
    }
  }
}
