package dev.redoubt.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes the stable name of a finding: what it is about, without anything that changes from run to
 * run.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * Hashes the parts, each preceded by its length so that no two lists of parts collide.
   *
   * @param parts rule id, component, and whatever tells two findings of a rule apart; never a seed,
   *     a time or a drawn value
   * @return 32 hexadecimal digits of SHA-256
   */
  public static String of(String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
