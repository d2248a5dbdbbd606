package dev.redoubt.detect;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Finds what one text repeats of another word for word. */
final class Repeated {
  private static final int LONGEST_SOURCE = 200_000;
  private static final int STEP = 16;

  private Repeated() {}

  /**
   * Puts blanks for every stretch of at least so many chars that stands in the source as well;
   * length and offsets stay.
   */
  static String blank(String text, String source, int least) {
    if (text.length() < least || source.length() < least) {
      return text;
    }
    String known = source.substring(0, Math.min(source.length(), LONGEST_SOURCE));
    Map<String, Integer> at = new HashMap<>();
    for (int i = 0; i + STEP <= known.length(); i++) {
      at.putIfAbsent(known.substring(i, i + STEP), i);
    }
    char[] out = null;
    int i = 0;
    while (i + STEP <= text.length()) {
      Integer from = at.get(text.substring(i, i + STEP));
      if (from == null) {
        i++;
        continue;
      }
      int n = STEP;
      while (i + n < text.length()
          && from + n < known.length()
          && text.charAt(i + n) == known.charAt(from + n)) {
        n++;
      }
      if (n >= least) {
        out = out == null ? text.toCharArray() : out;
        Arrays.fill(out, i, i + n, '\n');
        i += n;
      } else {
        i++;
      }
    }
    return out == null ? text : new String(out);
  }
}
