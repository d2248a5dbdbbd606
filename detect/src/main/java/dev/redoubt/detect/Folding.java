package dev.redoubt.detect;

import java.text.Normalizer;

/** Makes letters equal that differ in case or accents alone. */
final class Folding {
  private Folding() {}

  /** Takes folded code points. */
  interface Sink {
    void accept(int codePoint);
  }

  /** Folds a letter or digit to the code points that stand for it, mostly one. */
  static void fold(int cp, Sink out) {
    if (cp < 0x80) {
      out.accept(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
      return;
    }
    switch (cp) {
      case 'ß', 0x1E9E -> {
        out.accept('s');
        out.accept('s');
      }
      case 'ø', 'Ø' -> out.accept('o');
      case 'ł', 'Ł' -> out.accept('l');
      case 'đ', 'Đ' -> out.accept('d');
      case 'æ', 'Æ' -> {
        out.accept('a');
        out.accept('e');
      }
      case 'œ', 'Œ' -> {
        out.accept('o');
        out.accept('e');
      }
      default -> decompose(cp, out);
    }
  }

  private static void decompose(int cp, Sink out) {
    if (cp >= 0xD800 && cp <= 0xDFFF) {
      out.accept(0xFFFD);
      return;
    }
    String parts = Normalizer.normalize(Character.toString(cp), Normalizer.Form.NFD);
    parts
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .map(Character::toUpperCase)
        .map(Character::toLowerCase)
        .forEach(out::accept);
  }
}
