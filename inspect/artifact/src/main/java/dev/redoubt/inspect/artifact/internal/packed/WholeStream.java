package dev.redoubt.inspect.artifact.internal.packed;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.DecodedStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A decoded stream that has to end where the packed bytes do. */
final class WholeStream extends FilterInputStream {
  private final InputStream packed;

  WholeStream(InputStream packed, DecodedStream.Decoder decoder) throws IOException {
    super(decoder.over(packed));
    this.packed = packed;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = in.read(into, offset, length);
    if (n < 0 && packed.read() >= 0) {
      throw new MalformedException("bytes after the end of the stream", -1);
    }
    return n;
  }
}
