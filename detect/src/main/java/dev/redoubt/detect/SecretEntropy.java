package dev.redoubt.detect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/** Tells what was drawn at random from placeholders, words and runs. */
final class SecretEntropy {
  private static final List<String> PLACEHOLDERS =
      List.of(
          "example",
          "xxxx",
          "****",
          "....",
          "your",
          "placeholder",
          "dummy",
          "sample",
          "changeme",
          "redacted",
          "replace",
          "insert",
          "fake",
          "abcdefghij",
          "0123456789abcdef",
          "secret_key",
          "deadbeef",
          "1234567890123456");
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int CHECK = 6;

  private SecretEntropy() {}

  /** Says whether what stands after the fixed start of a credential can be one. */
  static boolean holds(SecretKind kind, String body) {
    if (kind.checksum() && checks(body)) {
      return bits(body) > 2;
    }
    if (kind.id().equals("basic-authorization") && !isUserAndPassword(body)) {
      return false;
    }
    return (kind.entropy() == 0 || bits(body) >= kind.entropy()) && !isPlaceholder(body);
  }

  /** What an HTTP header carries in base64 is a name, a colon and a password (RFC 7617). */
  private static boolean isUserAndPassword(String body) {
    try {
      byte[] bytes = Base64.getDecoder().decode(body);
      String plain = new String(bytes, StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      return colon > 0
          && plain.length() - colon > 4
          && plain.chars().allMatch(c -> c >= ' ' && c != 0x7F && c != 0xFFFD)
          && !SourceValue.isStandIn(plain.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean isPlaceholder(String body) {
    String lower = body.toLowerCase(Locale.ROOT);
    // A word of four letters turns up in a long random text by chance.
    boolean named = body.length() <= 100 ? PLACEHOLDERS.stream().anyMatch(lower::contains) : false;
    return named || longestRun(lower) >= 6;
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = i > 0 && text.charAt(i) == text.charAt(i - 1) ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** Entropy of the characters by their counts (Shannon 1948), in bits a character. */
  static double bits(String text) {
    int[] counts = new int[128];
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 128) {
        counts[text.charAt(i)]++;
        n++;
      }
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        bits -= (double) count / n * Math.log((double) count / n) / Math.log(2);
      }
    }
    return bits;
  }

  /** The last six characters are the CRC-32 of those before, in base 62, as GitHub publishes it. */
  static boolean checks(String body) {
    int length = body.length() - CHECK;
    if (length < 20) {
      return false;
    }
    CRC32 crc = new CRC32();
    crc.update(body.substring(0, length).getBytes(StandardCharsets.UTF_8));
    return base62(crc.getValue()).equals(body.substring(length));
  }

  static String base62(long value) {
    StringBuilder out = new StringBuilder(CHECK);
    for (long v = value; out.length() < CHECK; v /= BASE62.length()) {
      out.append(BASE62.charAt((int) (v % BASE62.length())));
    }
    return out.reverse().toString();
  }
}
