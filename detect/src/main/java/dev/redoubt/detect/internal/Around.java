package dev.redoubt.detect.internal;

import java.util.Locale;
import java.util.Set;

/** Looks for words beside a number: what makes nine digits somebody's tax number. */
final class Around {
  private static final int BEFORE = 64;
  private static final int AFTER = 24;

  private Around() {}

  /**
   * Says whether one of the words stands close by, as a whole word.
   *
   * @param words in lower case
   */
  static boolean holds(String text, int start, int end, Set<String> words) {
    String before = text.substring(Math.max(0, start - BEFORE), start).toLowerCase(Locale.ROOT);
    String after =
        text.substring(end, Math.min(text.length(), end + AFTER)).toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(word -> holdsWord(before, word) || holdsWord(after, word));
  }

  static boolean holdsWord(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      boolean left = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      boolean right = !Digits.isWordChar(text, at + word.length());
      // Chinese, Japanese and Korean part no words.
      if ((left && right) || word.charAt(0) >= 0x1100) {
        return true;
      }
    }
    return false;
  }
}
