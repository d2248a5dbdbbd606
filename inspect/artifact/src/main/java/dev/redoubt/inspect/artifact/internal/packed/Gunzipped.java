package dev.redoubt.inspect.artifact.internal.packed;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.LittleEndian;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The members of a gzip file, one after the other. The JDK's own stream ends quietly at whatever
 * follows a member and is no further one; here that is an error, apart from padding with zeros.
 */
final class Gunzipped extends InputStream {
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int CHECKSUM = 2;
  private static final int LONGEST_TEXT = 1 << 16;

  private final InputStream packed;
  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[1 << 13];
  private final CRC32 crc = new CRC32();
  private int from;
  private int filled;
  private long size;
  private boolean ended;

  Gunzipped(InputStream packed) throws IOException {
    this.packed = packed;
    header(next());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (!ended) {
      try {
        int n = inflater.inflate(into, offset, length);
        if (n > 0) {
          crc.update(into, offset, n);
          size += n;
          return n;
        }
      } catch (DataFormatException e) {
        throw new MalformedException("does not unpack: " + e.getMessage(), -1);
      }
      if (inflater.finished() || inflater.needsDictionary()) {
        from = filled - inflater.getRemaining();
        trailer();
      } else if (inflater.needsInput()) {
        if (!fill()) {
          throw new EOFException("the stream is cut off");
        }
        inflater.setInput(buffer, 0, filled);
        from = filled;
      }
    }
    return -1;
  }

  private void trailer() throws IOException {
    byte[] end = new byte[8];
    for (int i = 0; i < end.length; i++) {
      end[i] = (byte) need();
    }
    if (LittleEndian.u4(end, 0) != crc.getValue()
        || LittleEndian.u4(end, 4) != (size & 0xffff_ffffL)) {
      throw new MalformedException("a gzip member has another checksum or size than it says", -1);
    }
    int b = next();
    if (b <= 0) {
      while (b == 0) {
        b = next();
      }
      if (b > 0) {
        throw new MalformedException("bytes after the end of the gzip stream", -1);
      }
      ended = true;
      return;
    }
    header(b);
  }

  private void header(int first) throws IOException {
    if (first != 0x1f || next() != 0x8b) {
      throw new MalformedException("bytes after the end of the gzip stream", -1);
    }
    int method = need();
    int flags = need();
    if (method != 8 || (flags & 0xe0) != 0) {
      throw new MalformedException("a gzip header of an unknown kind", -1);
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(need() | need() << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      int length = 0;
      while ((flags & text) != 0 && need() != 0) {
        if (++length > LONGEST_TEXT) {
          throw new MalformedException("a gzip header without an end", -1);
        }
      }
    }
    skip((flags & CHECKSUM) != 0 ? 2 : 0);
    inflater.reset();
    inflater.setInput(buffer, from, filled - from);
    crc.reset();
    size = 0;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      need();
    }
  }

  private int need() throws IOException {
    int b = next();
    if (b < 0) {
      throw new EOFException("the stream is cut off");
    }
    return b;
  }

  private int next() throws IOException {
    return from < filled || fill() ? buffer[from++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    from = 0;
    filled = Math.max(0, packed.read(buffer, 0, buffer.length));
    return filled > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }
}
