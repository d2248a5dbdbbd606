package dev.redoubt.detect;

import org.jspecify.annotations.Nullable;

/**
 * The destination of a markdown link.
 *
 * @param start index of its first char, after a {@code <} if there is one
 * @param end index after its last
 * @param next index to go on from
 */
record Destination(int start, int end, int next) {
  private static final int LONGEST = 16_384;

  /**
   * Reads the destination at an index.
   *
   * @param inParens whether a closing parenthesis ends it
   */
  static @Nullable Destination at(String text, int from, boolean inParens) {
    if (from >= text.length()) {
      return null;
    }
    return text.charAt(from) == '<' ? angled(text, from) : plain(text, from, inParens);
  }

  private static @Nullable Destination angled(String text, int from) {
    int limit = Math.min(text.length(), from + LONGEST);
    for (int i = from + 1; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '>') {
        return new Destination(from + 1, i, i + 1);
      }
      if (c == '<') {
        return null;
      }
    }
    return null;
  }

  private static Destination plain(String text, int from, boolean inParens) {
    int depth = 0;
    int limit = Math.min(text.length(), from + LONGEST);
    int i = from;
    while (i < limit) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || c < ' ') {
        break;
      }
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && inParens) {
        if (depth == 0) {
          break;
        }
        depth--;
      }
      i++;
    }
    int end = Math.min(i, limit);
    return new Destination(from, end, end);
  }
}
