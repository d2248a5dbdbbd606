package dev.redoubt.guard.engine.internal;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Folds texts for comparison. Look-alike letters stay different, unlike in {@code
 * detect.Normaliser}: where an address must be the one that the user typed, a Cyrillic double is
 * another address.
 */
final class Plain {
  private Plain() {}

  /** Compatibility forms made plain, invisible characters dropped, blanks made one, lower case. */
  static String fold(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    var out = new StringBuilder(plain.length());
    boolean blank = false;
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      if (Character.getType(c) == Character.FORMAT) {
        continue;
      }
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = out.length() > 0;
        continue;
      }
      if (blank) {
        out.append(' ');
        blank = false;
      }
      out.appendCodePoint(c);
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  /** Finds {@code word} in {@code text} where no letter or digit touches it; both folded. */
  static boolean holdsWord(String text, String word) {
    if (word.isEmpty()) {
      return false;
    }
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean free = at == 0 || !sticks(text.charAt(at - 1), word.charAt(0));
      if (free
          && (end == text.length() || !sticks(word.charAt(word.length() - 1), text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean sticks(char left, char right) {
    return Character.isLetterOrDigit(left) && Character.isLetterOrDigit(right);
  }
}
