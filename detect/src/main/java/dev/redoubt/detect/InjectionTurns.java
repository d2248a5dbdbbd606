package dev.redoubt.detect;

import org.jspecify.annotations.Nullable;

/** Undoes disguises that turn over every word of a text. */
final class InjectionTurns {
  private static final String LEET = "013457@$";
  private static final String PLAIN = "oieastas";
  private static final int FEWEST = 3;

  /** What stands between letters that are spelled out, and how many in a row there must be. */
  private static final String SIGNS = "-._ *|/";

  private static final int SPELLED = 8;

  private InjectionTurns() {}

  /** Digits inside words become the letters that they look like; null where few words have any. */
  static @Nullable MappedText leet(MappedText view) {
    String text = view.text();
    char[] out = null;
    int words = 0;
    int i = 0;
    while (i < text.length()) {
      if (!leetChar(text.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      int letters = 0;
      int digits = 0;
      while (i < text.length() && leetChar(text.charAt(i))) {
        boolean letter = Ascii.isLetter(text.charAt(i));
        letters += letter ? 1 : 0;
        digits += !letter && LEET.indexOf(text.charAt(i)) >= 0 ? 1 : 0;
        i++;
      }
      boolean mixed = letters > 0 && digits > 0;
      if (mixed) {
        words++;
      }
      if (mixed || (digits == i - from && digits < 3)) {
        out = out == null ? text.toCharArray() : out;
        for (int k = from; k < i; k++) {
          int at = LEET.indexOf(out[k]);
          out[k] = at >= 0 ? PLAIN.charAt(at) : out[k];
        }
      }
    }
    return words < FEWEST || out == null ? null : view.withChars(out);
  }

  private static boolean leetChar(char c) {
    return Ascii.isLetterOrDigit(c) || c == '@' || c == '$';
  }

  /**
   * Joins letters that stand alone with one and the same sign between them, and puts blanks for
   * dots and dashes that stand for them; null where nothing is spelled out.
   */
  static @Nullable MappedText joined(MappedText view) {
    String text = view.text();
    int best = 0;
    char sign = 0;
    int[] runs = new int[2];
    for (int i = 1; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      boolean between = SIGNS.indexOf(c) >= 0 && text.charAt(i - 1) != c;
      boolean goesOn = between && i > 2 && text.charAt(i - 2) == c;
      int run = between ? (goesOn ? runs[i & 1] + 1 : 1) : 0;
      runs[i & 1] = run;
      if (run > best) {
        best = run;
        sign = c;
      }
    }
    if (best >= SPELLED) {
      return unspelled(view, sign);
    }
    return dotted(view);
  }

  /** Leaves out the sign after each letter that stands alone. */
  private static MappedText unspelled(MappedText view, char sign) {
    String text = view.text();
    MappedText.Builder out = view.derive();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      // Where blanks part letters an underscore parts words.
      out.add(sign == ' ' && c == '_' ? ' ' : c, i, i + 1);
      boolean alone =
          i == 0 || text.charAt(i - 1) == sign || Character.isWhitespace(text.charAt(i - 1));
      boolean parted = i + 1 < text.length() && text.charAt(i + 1) == sign;
      i += alone && parted ? 2 : 1;
    }
    return out.build();
  }

  /** WORDS.LIKE.THIS become words with blanks between them. */
  private static @Nullable MappedText dotted(MappedText view) {
    String text = view.text();
    int dots = 0;
    int blanks = 0;
    for (int i = 1; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      blanks += c == ' ' ? 1 : 0;
      boolean between = Ascii.isLetter(text.charAt(i - 1)) && Ascii.isLetter(text.charAt(i + 1));
      dots += (c == '.' || c == '_' || c == '-') && between ? 1 : 0;
    }
    if (dots < 4 || dots < blanks) {
      return null;
    }
    char[] out = text.toCharArray();
    for (int i = 0; i < out.length; i++) {
      if (out[i] == '.' || out[i] == '_' || out[i] == '-') {
        out[i] = ' ';
      }
    }
    return view.withChars(out);
  }

  /** Each word from its end to its beginning. */
  static MappedText wordsReversed(MappedText view) {
    String text = view.text();
    char[] out = text.toCharArray();
    int i = 0;
    while (i < out.length) {
      if (Character.isWhitespace(out[i])) {
        i++;
        continue;
      }
      int from = i;
      while (i < out.length && !Character.isWhitespace(out[i])) {
        i++;
      }
      for (int k = from; k < i; k++) {
        out[k] = text.charAt(i - 1 - (k - from));
      }
    }
    return view.withChars(out);
  }

  /** The first chars with each letter moved through the alphabet. */
  static String shifted(String text, int shift, int most) {
    char[] out = text.substring(0, Math.min(most, text.length())).toCharArray();
    for (int i = 0; i < out.length; i++) {
      char c = out[i];
      if (Ascii.isLetter(c)) {
        char base = c < 'a' ? 'A' : 'a';
        out[i] = (char) (base + (c - base + shift) % 26);
      }
    }
    return new String(out);
  }
}
