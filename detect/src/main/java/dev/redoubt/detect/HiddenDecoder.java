package dev.redoubt.detect;

/**
 * Reads text that is hidden in invisible characters: Unicode tags, which mirror ASCII, and
 * variation selectors, which can carry a byte each. Works on a text before it is normalised.
 */
final class HiddenDecoder implements Decoder {
  private static final int MINIMUM = 4;

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    MappedText.Builder tags = text.derive();
    ByteText selectors = new ByteText();
    for (int i = 0; i < chars.length(); ) {
      int cp = chars.codePointAt(i);
      int next = i + Character.charCount(cp);
      if (cp >= 0xE0020 && cp <= 0xE007E) {
        tags.add((char) (cp - 0xE0000), i, next);
      } else if (cp >= 0xFE00 && cp <= 0xFE0F) {
        selectors.add(cp - 0xFE00, i, next);
      } else if (cp >= 0xE0100 && cp <= 0xE01EF) {
        selectors.add(cp - 0xE0100 + 16, i, next);
      }
      i = next;
    }
    if (tags.length() >= MINIMUM) {
      out.accept("tags", tags.build());
    }
    if (selectors.size() >= MINIMUM) {
      out.accept("variation-selectors", selectors.toText(text));
    }
  }
}
