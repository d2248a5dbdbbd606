package dev.redoubt.detect;

import java.util.BitSet;

/**
 * Tells drawn letters from words by pairs of letters that next to no word of English, German,
 * French or Spanish holds.
 */
final class LetterPairs {
  private static final BitSet RARE = new BitSet(26 * 26);

  static {
    follow('b', "kqx");
    follow('c', "bfgjpvx");
    follow('d', "xq");
    follow('f', "jkqvxz");
    follow('g', "cjkqvxz");
    follow('h', "jxzq");
    follow('j', "bcdfghklmnpqrstvwxyz");
    follow('k', "qxz");
    follow('l', "jxq");
    follow('m', "jqxz");
    follow('p', "gjqvxz");
    follow('q', "abcdefghijklmnopqrstvwxyz");
    follow('s', "xz");
    follow('t', "jkqx");
    follow('v', "bcdfghjkmnpqtvwxz");
    follow('w', "gjqvxz");
    follow('x', "bdgjkmnrvwxz");
    follow('y', "hjqvy");
    follow('z', "bcdfgjnpqrsvx");
  }

  private LetterPairs() {}

  private static void follow(char first, String seconds) {
    for (int i = 0; i < seconds.length(); i++) {
      RARE.set((first - 'a') * 26 + seconds.charAt(i) - 'a');
    }
  }

  /** Says whether a lower-case text holds such a pair. */
  static boolean hasRare(String lower) {
    for (int i = 1; i < lower.length(); i++) {
      char a = lower.charAt(i - 1);
      char b = lower.charAt(i);
      if (Ascii.isLower(a) && Ascii.isLower(b) && RARE.get((a - 'a') * 26 + b - 'a')) {
        return true;
      }
    }
    return false;
  }
}
