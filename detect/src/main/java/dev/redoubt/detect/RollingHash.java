package dev.redoubt.detect;

/**
 * Hashes every window of a text in one pass (Rabin and Karp, modulo 2^64).
 *
 * <p>Collisions can be made on purpose, so whoever uses a hash compares the chars as well.
 */
final class RollingHash {
  private static final long BASE = 0x5851F42D4C957F2DL;

  private RollingHash() {}

  /** Takes a window and its hash. */
  interface Visitor {
    void window(int from, long hash);
  }

  static void each(String text, int window, Visitor visitor) {
    if (text.length() < window) {
      return;
    }
    long top = 1;
    for (int i = 1; i < window; i++) {
      top *= BASE;
    }
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      if (i >= window) {
        hash -= (text.charAt(i - window) + 1) * top;
      }
      hash = hash * BASE + (text.charAt(i) + 1);
      if (i >= window - 1) {
        visitor.window(i - window + 1, hash);
      }
    }
  }
}
