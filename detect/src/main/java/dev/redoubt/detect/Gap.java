package dev.redoubt.detect;

/** What stands between two letters or digits of a value. */
final class Gap {
  private static final String WEAK = "-_.,:;/|*`'\"()[]{}<>\u2022\u00B7\u2192\uFFFD";

  /** How far a symbol at the edge of a value may stand from it. */
  private static final int LOOSE = 16;

  private Gap() {}

  /** The chars in between: one blank for any run of white space, no loose accents. */
  static String collapse(String text, int from, int to) {
    if (from >= to) {
      return "";
    }
    if (to - from == 1) {
      char c = text.charAt(from);
      if (c > ' ' && c < 0x80) {
        return String.valueOf(c);
      }
    }
    StringBuilder out = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || c == 0) {
        if (out.isEmpty() || out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
      } else if (c < 0x80 || !isMark(c)) {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isMark(char c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** Separators that people put in or leave out without changing what a value means. */
  static boolean isWeak(char c) {
    return c == ' ' || WEAK.indexOf(c) >= 0;
  }

  static boolean isWeak(String gap) {
    for (int i = 0; i < gap.length(); i++) {
      if (!isWeak(gap.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Says whether {@code got} holds, in order, the chars of {@code want} that carry meaning. */
  static boolean holdsStrong(String want, String got, boolean all) {
    int at = 0;
    for (int i = 0; i < want.length(); i++) {
      char c = want.charAt(i);
      if (!all && isWeak(c)) {
        continue;
      }
      at = got.indexOf(c, at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Says whether the chars before {@code to} end with {@code want}.
   *
   * @param loose whether separators may stand in between
   */
  static boolean endsWith(String text, int to, String want, boolean loose) {
    int at = to;
    for (int i = want.length() - 1; i >= 0; i--) {
      at--;
      while (at >= 0 && to - at < LOOSE && skips(text.charAt(at), want.charAt(i), loose)) {
        at--;
      }
      if (at < 0 || !same(text.charAt(at), want.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Says whether the chars from {@code from} start with {@code want}.
   *
   * @param loose whether separators may stand in between
   */
  static boolean startsWith(String text, int from, String want, boolean loose) {
    int at = from - 1;
    for (int i = 0; i < want.length(); i++) {
      at++;
      while (at < text.length()
          && at - from < LOOSE
          && skips(text.charAt(at), want.charAt(i), loose)) {
        at++;
      }
      if (at >= text.length() || !same(text.charAt(at), want.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean skips(char got, char want, boolean loose) {
    return loose && !same(got, want) && (isWeak(got) || Character.isWhitespace(got));
  }

  private static boolean same(char got, char want) {
    return got == want || (want == ' ' && Character.isWhitespace(got));
  }
}
