package dev.redoubt.detect;

import java.util.List;

/**
 * Finds texts that are encoded in another: base64, hexadecimal, percent-encoding, HTML entities,
 * backslash escapes, ROT13, reversed, spaced out, spelled out, and what lies inside those again.
 */
public final class Decoders {
  private Decoders() {}

  /**
   * Decodes whatever looks encoded.
   *
   * <p>ROT13 and reversal apply to every text, so they always yield one result each; the others
   * only where something of their form stands.
   *
   * @param text any chars
   * @param limits how far to go
   * @return decoded texts, shallow ones first; empty when nothing is encoded
   */
  public static List<Decoded> decode(String text, DecodeLimits limits) {
    return List.of();
  }
}
