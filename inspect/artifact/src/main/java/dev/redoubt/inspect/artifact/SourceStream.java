package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.io.InputStream;

/** A source read forward. */
final class SourceStream extends InputStream {
  private final ByteSource source;
  private final byte[] one = new byte[1];
  private long position;

  SourceStream(ByteSource source, long from) {
    this.source = source;
    this.position = from;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int n = source.read(position, into, offset, length);
    if (n > 0) {
      position += n;
    }
    return n;
  }

  @Override
  public long skip(long n) {
    long skipped = Math.max(0, Math.min(n, source.size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, source.size() - position));
  }
}
