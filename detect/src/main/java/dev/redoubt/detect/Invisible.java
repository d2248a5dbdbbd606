package dev.redoubt.detect;

/** Code points that take no place on the screen, or that only steer how others are drawn. */
final class Invisible {
  /** Controls that part words: tab, line feed, form feed, carriage return, substitute. */
  private static final int SHOWN = 1 << '\t' | 1 << '\n' | 1 << '\f' | 1 << '\r' | 1 << 0x1A;

  private Invisible() {}

  static boolean is(int cp) {
    if (cp < 0x80) {
      return (cp < 0x20 && (SHOWN >> cp & 1) == 0) || cp == 0x7F;
    }
    return switch (cp) {
      // Soft hyphen, grapheme joiner, Hangul and Khmer fillers, braille blank.
      case 0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x2800 -> true;
      default ->
          Character.getType(cp) == Character.FORMAT
              || (cp >= 0x80 && cp < 0xA0 && cp != 0x85)
              || (cp >= 0x180B && cp <= 0x180F)
              || (cp >= 0x2060 && cp <= 0x206F)
              || isVariationSelector(cp)
              || (cp >= 0xFFF0 && cp <= 0xFFF8)
              || (cp >= 0xE0000 && cp <= 0xE0FFF);
    };
  }

  /** Selectors carry a byte each when somebody smuggles text in them. */
  static boolean isVariationSelector(int cp) {
    return (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF);
  }
}
