package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open file; small reads come from a window that moves. */
final class FileSource implements ByteSource {
  private static final int WINDOW = 1 << 16;

  private final FileChannel channel;
  private final long size;
  private final byte[] window;
  private long from;
  private int filled;

  FileSource(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
    this.window = new byte[(int) Math.min(WINDOW, size)];
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) throws IOException {
    if (position >= size) {
      return -1;
    }
    if (length >= window.length && length > WINDOW / 2) {
      return direct(position, into, offset, (int) Math.min(length, size - position));
    }
    if (position < from || position >= from + filled) {
      filled = 0;
      from = position;
      filled = direct(position, window, 0, (int) Math.min(window.length, size - position));
    }
    int at = (int) (position - from);
    int n = Math.min(length, filled - at);
    System.arraycopy(window, at, into, offset, n);
    return n;
  }

  private int direct(long position, byte[] into, int offset, int length) throws IOException {
    int n = channel.read(ByteBuffer.wrap(into, offset, length), position);
    if (n <= 0) {
      throw new ChangedException("is shorter than it was when it was opened");
    }
    return n;
  }
}
