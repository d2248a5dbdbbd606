package dev.redoubt.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Derives the seed of one call from the seed of the run, so that a run can be repeated call by call
 * and in any order.
 *
 * @since 0.1.0
 */
public final class Seeds {
  private Seeds() {}

  /**
   * Derives a seed: the first 8 bytes, big-endian, of SHA-256 over the run seed (8 bytes,
   * big-endian) and each part in UTF-8 preceded by its length in bytes (4 bytes, big-endian), so
   * that {@code "a", "bc"} and {@code "ab", "c"} differ.
   *
   * <p>The result covers all of {@code long}; take {@link #positive31} where a peer wants less.
   *
   * @param runSeed seed of the run
   * @param parts what tells the call apart, such as objective, technique, repetition
   */
  public static long derive(long runSeed, String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ByteBuffer.allocate(Long.BYTES).putLong(runSeed).flip());
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
      }
      return ByteBuffer.wrap(sha.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Folds a seed into 0 … 2<sup>31</sup>-1, which every endpoint that takes a {@code seed} accepts
   * and every JSON reader keeps exactly.
   */
  public static long positive31(long seed) {
    return seed >>> 33;
  }
}
