package dev.redoubt.detect;

import java.text.Normalizer;

/**
 * What a second stage reads in place of a window: the words as they were written, since letters of
 * other alphabets that look like Latin ones are no disguise in their own languages.
 */
final class InjectionPlain {
  private InjectionPlain() {}

  /**
   * Gives the original without invisible characters and with compatibility forms made plain; the
   * normalised text where a word mixes alphabets, which only a disguise does.
   */
  static String of(String original, String normalised) {
    if (original.equals(normalised)) {
      return normalised;
    }
    StringBuilder out = new StringBuilder(original.length());
    boolean latin = false;
    boolean other = false;
    for (int i = 0; i < original.length(); ) {
      int cp = original.codePointAt(i);
      i += Character.charCount(cp);
      if (Invisible.is(cp)) {
        continue;
      }
      if (cp >= 0xD800 && cp <= 0xDFFF) {
        out.append('\uFFFD');
        continue;
      }
      out.appendCodePoint(cp);
      if (!Character.isLetter(cp)) {
        latin = false;
        other = false;
      } else if (Character.UnicodeScript.of(cp) == Character.UnicodeScript.LATIN) {
        latin = true;
      } else if (looksLatin(cp)) {
        other = true;
      }
      if (latin && other) {
        return normalised;
      }
    }
    return Normalizer.normalize(out, Normalizer.Form.NFKC);
  }

  private static boolean looksLatin(int cp) {
    String fold = Homoglyphs.fold(cp);
    return fold != null && fold.length() == 1 && Ascii.isLetter(fold.charAt(0));
  }
}
