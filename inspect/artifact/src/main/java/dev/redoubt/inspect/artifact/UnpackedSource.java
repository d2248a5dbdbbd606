package dev.redoubt.inspect.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that can be opened again, read as if it could be read anywhere. */
final class UnpackedSource implements ByteSource {
  private static final int IN_MEMORY = 4 << 20;
  private static final int HEAD = 1 << 16;

  /** More would be a reader that jumps, or a file made to have it jump. */
  private static final int MAX_OPENED = 64;

  private final StreamOpener opener;
  private final Budget budget;
  private final long size;
  private final byte[] head;
  private final byte[] skipped = new byte[HEAD];
  private @Nullable InputStream stream;
  private long at;
  private int opened;

  private UnpackedSource(StreamOpener opener, Budget budget, long size, byte[] head) {
    this.opener = opener;
    this.budget = budget;
    this.size = size;
    this.head = head;
  }

  static ByteSource open(StreamOpener opener, long packedSize, Budget budget) throws IOException {
    var kept = new ByteArrayOutputStream();
    byte[] chunk = new byte[HEAD];
    long size = 0;
    try (InputStream in = opener.open()) {
      int n;
      while ((n = in.read(chunk)) >= 0) {
        size += n;
        budget.unpacked(n);
        budget.ratio(packedSize, size);
        budget.expanded(n);
        if (size <= IN_MEMORY) {
          kept.write(chunk, 0, n);
        }
      }
    }
    byte[] bytes = kept.toByteArray();
    return size <= IN_MEMORY
        ? new MemorySource(bytes)
        : new UnpackedSource(opener, budget, size, java.util.Arrays.copyOf(bytes, HEAD));
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
    if (position + length <= head.length) {
      System.arraycopy(head, (int) position, into, offset, length);
      return length;
    }
    InputStream in = at(position);
    int n = in.read(into, offset, length);
    if (n < 0) {
      throw new IOException("the stream ended earlier than before");
    }
    at += n;
    budget.unpacked(n);
    return n;
  }

  private InputStream at(long position) throws IOException {
    InputStream in = stream;
    if (in == null || at > position) {
      if (in != null) {
        in.close();
      }
      if (++opened > MAX_OPENED) {
        throw new LimitException("unpacked " + MAX_OPENED + " times over");
      }
      in = opener.open();
      stream = in;
      at = 0;
    }
    while (at < position) {
      int n = in.read(skipped, 0, (int) Math.min(skipped.length, position - at));
      if (n < 0) {
        throw new IOException("the stream ended earlier than before");
      }
      at += n;
      budget.unpacked(n);
    }
    return in;
  }
}
