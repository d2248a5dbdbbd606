package dev.redoubt.inspect.artifact.internal;

/** Whole numbers of which the low byte comes first. */
public final class LittleEndian {
  private LittleEndian() {}

  /** Two bytes. */
  public static int u2(byte[] b, int i) {
    return (b[i] & 0xff) | (b[i + 1] & 0xff) << 8;
  }

  /** Four bytes. */
  public static long u4(byte[] b, int i) {
    return u2(b, i) | (long) u2(b, i + 2) << 16;
  }

  /** Eight bytes; what is over {@link Long#MAX_VALUE} is negative. */
  public static long u8(byte[] b, int i) {
    return u4(b, i) | u4(b, i + 4) << 32;
  }
}
