package dev.redoubt.inspect.artifact.internal.mxnet;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;

/** Reads MXNet's parameters: a list of arrays and of their names (ndarray.cc, NDArray::Save). */
@AutoService(FormatReader.class)
public final class ParamsReader implements FormatReader {
  private static final long LIST = 0x112;
  private static final int[] WIDTHS = {4, 8, 2, 1, 4, 1, 8, 1, 2, 2, 4, 8, 2};

  /** Made by {@link java.util.ServiceLoader}. */
  public ParamsReader() {}

  @Override
  public String id() {
    return "mxnet";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.length() >= 24 && head.u64(0) == LIST && head.u64(8) == 0;
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("MXNet parameters");
    var reader = new ByteReader(source, context.budget());
    reader.skip(16);
    long arrays = reader.i64();
    reader.need(arrays < 0 ? -1 : Math.min(arrays, Long.MAX_VALUE / 8) * 8);
    for (long i = 0; i < arrays; i++) {
      array(reader);
    }
    long names = reader.i64();
    if (names != arrays && names != 0) {
      throw new MalformedException(arrays + " arrays and " + names + " names", reader.position());
    }
    for (long i = 0; i < names; i++) {
      reader.skip(reader.i64());
    }
    if (reader.left() > 0) {
      throw new MalformedException(reader.left() + " bytes after the last name", reader.position());
    }
  }

  private static void array(ByteReader reader) throws IOException {
    long magic = reader.u32();
    if (magic < 0xF993FAC8L || magic > 0xF993FACAL) {
      throw new LimitException("arrays of MXNet's first versions");
    }
    boolean wide = true;
    if (magic >= 0xF993FAC9L && reader.i32() != 0) {
      throw new LimitException("sparse arrays");
    }
    long rank = reader.u32();
    if (rank > 32) {
      throw new MalformedException("an array of " + rank + " dimensions", reader.position());
    }
    long elements = 1;
    for (long i = 0; i < rank; i++) {
      long size = wide ? reader.i64() : reader.u32();
      if (size < 0 || elements > 1L << 44) {
        throw new MalformedException("an array with a dimension of " + size, reader.position());
      }
      elements *= size;
    }
    if (rank == 0) {
      return;
    }
    reader.skip(8);
    int type = reader.i32();
    if (type < 0 || type >= WIDTHS.length) {
      throw new MalformedException("an array of the unknown type " + type, reader.position() - 4);
    }
    reader.skip(elements * WIDTHS[type]);
  }
}
