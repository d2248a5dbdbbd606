package dev.redoubt.detect;

/**
 * How far {@link Decoders} go. Whatever lies beyond a limit is left out, without an error.
 *
 * @param maxDepth how many encodings may lie inside each other, from 1
 * @param maxResults most decoded texts
 * @param maxChars most chars of all decoded texts together
 */
public record DecodeLimits(int maxDepth, int maxResults, int maxChars) {
  /** Three levels, 256 texts, 16 million chars. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(3, 256, 16_000_000);

  public DecodeLimits {
    if (maxDepth < 1 || maxResults < 1 || maxChars < 1) {
      throw new IllegalArgumentException(
          "limits must be at least 1: " + maxDepth + ", " + maxResults + ", " + maxChars);
    }
  }
}
