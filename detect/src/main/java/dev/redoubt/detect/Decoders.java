package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds texts that are encoded in another: base64, base32, base85, hexadecimal, numbers, Morse
 * code, braille, percent-encoding, HTML entities, backslash escapes, ROT13, reversed, upside down,
 * spaced out, spelled out, in invisible characters, and what lies inside those again.
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
    List<Decoded> found = new ArrayList<>();
    Unwrapper.visit(
        text,
        limits,
        new Unwrapper.Visitor() {
          @Override
          public void text(String encoding, MappedText decoded, boolean legible) {
            if (legible && !encoding.isEmpty() && found.size() < limits.maxResults()) {
              found.add(decoded(encoding, decoded));
            }
          }

          @Override
          public boolean wantsNoise(byte[] bytes, int size) {
            return false;
          }
        });
    return List.copyOf(found);
  }

  private static Decoded decoded(String encoding, MappedText text) {
    int start = Integer.MAX_VALUE;
    int end = 0;
    for (int i = 0; i < text.length(); i++) {
      start = Math.min(start, text.start(i));
      end = Math.max(end, text.end(i + 1));
    }
    return new Decoded(encoding, text, Math.min(start, end), end);
  }
}
