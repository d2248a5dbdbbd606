package dev.redoubt.inspect.artifact.internal;

import dev.redoubt.inspect.artifact.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A source as a channel that can't be written to, for libraries that read one. */
public final class SourceChannel implements SeekableByteChannel {
  private final ByteSource source;
  private long position;

  /** At the first byte of a source. */
  public SourceChannel(ByteSource source) {
    this.source = source;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) {
      return 0;
    }
    byte[] chunk = new byte[Math.min(into.remaining(), 1 << 16)];
    int n = source.read(position, chunk, 0, chunk.length);
    if (n > 0) {
      into.put(chunk, 0, n);
      position += n;
    }
    return n;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long to) throws IOException {
    if (to < 0) {
      throw new IOException("position " + to + " before the start");
    }
    position = to;
    return this;
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // The source is closed by whoever opened it.
  }
}
