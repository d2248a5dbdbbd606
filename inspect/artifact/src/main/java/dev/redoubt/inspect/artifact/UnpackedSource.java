package dev.redoubt.inspect.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that can be opened again, read as if it could be read anywhere. */
final class UnpackedSource implements ByteSource {
  private static final int IN_MEMORY = 4 << 20;
  private static final int HEAD = 1 << 16;
  private static final int RECENT = 1 << 18;

  /** More would be a reader that jumps, or a file made to have it jump. */
  private static final int MAX_OPENED = 64;

  /** A small one may be unpacked more often: an archive in it has its members read twice. */
  private static final long MAX_AGAIN = 16L << 30;

  private final StreamOpener opener;
  private final Budget budget;
  private final long size;
  private final byte[] head;
  private final byte[] skipped = new byte[HEAD];

  /** The last bytes that went by, each at its position modulo the length. */
  private final byte[] recent = new byte[RECENT];

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
    if (position < at && at - position <= recent.length) {
      return again(position, into, offset, length);
    }
    InputStream in = at(position);
    int n = in.read(into, offset, length);
    if (n < 0) {
      throw new IOException("the stream ended earlier than before");
    }
    passed(into, offset, n);
    return n;
  }

  /** Readers look at the start of a member and then read it: that goes back a little. */
  private int again(long position, byte[] into, int offset, int length) {
    int n = (int) Math.min(length, at - position);
    int from = (int) (position % recent.length);
    int first = Math.min(n, recent.length - from);
    System.arraycopy(recent, from, into, offset, first);
    System.arraycopy(recent, 0, into, offset + first, n - first);
    return n;
  }

  private void passed(byte[] bytes, int offset, int n) throws IOException {
    int kept = Math.min(n, recent.length);
    int from = offset + n - kept;
    int to = (int) ((at + n - kept) % recent.length);
    int first = Math.min(kept, recent.length - to);
    System.arraycopy(bytes, from, recent, to, first);
    System.arraycopy(bytes, from + first, recent, 0, kept - first);
    at += n;
    budget.unpacked(n);
  }

  private InputStream at(long position) throws IOException {
    InputStream in = stream;
    if (in == null || at > position) {
      if (in != null) {
        stream = null;
        in.close();
      }
      if (++opened > Math.max(MAX_OPENED, MAX_AGAIN / size)) {
        throw new LimitException("unpacked " + opened + " times over");
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
      passed(skipped, 0, n);
    }
    return in;
  }
}
