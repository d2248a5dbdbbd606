package dev.redoubt.inspect.artifact.internal;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder makes of packed bytes. Decoders tell of a damaged stream by whichever exception
 * comes up, so the one question is whose failure it is: that of the bytes below, which goes on
 * unchanged, or that of the stream, which is then malformed.
 */
public final class DecodedStream extends InputStream {
  /** Makes a decoder over packed bytes. */
  @FunctionalInterface
  public interface Decoder {
    InputStream over(InputStream packed) throws IOException;
  }

  private final Below below;
  private final InputStream decoded;
  private final byte[] one = new byte[1];

  private DecodedStream(Below below, InputStream decoded) {
    this.below = below;
    this.decoded = decoded;
  }

  /** Opens a decoder at the first byte of a source. */
  public static InputStream open(ByteSource packed, Decoder decoder) throws IOException {
    var below = new Below(new java.io.BufferedInputStream(packed.stream(0), 1 << 14));
    try {
      return new DecodedStream(below, decoder.over(below));
    } catch (IOException | RuntimeException e) {
      throw below.blame(e);
    }
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
    try {
      return decoded.read(into, offset, length);
    } catch (IOException | RuntimeException e) {
      throw below.blame(e);
    }
  }

  @Override
  public void close() throws IOException {
    decoded.close();
  }

  /** The packed bytes, which remember that they failed. */
  private static final class Below extends FilterInputStream {
    private @Nullable IOException failure;

    Below(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    IOException blame(Exception e) {
      if (failure != null) {
        return failure;
      }
      if (e instanceof LimitException || e instanceof MalformedException) {
        return (IOException) e;
      }
      String message = String.valueOf(e.getMessage());
      String lower = message.toLowerCase(Locale.ROOT);
      // Decoders that would need more memory than they are given say so in these words.
      return lower.contains("memory")
              || lower.contains("not yet supported")
              || lower.contains("unsupported")
          ? new LimitException("its decoder refuses it: " + message)
          : new MalformedException("does not unpack: " + message, -1);
    }
  }
}
