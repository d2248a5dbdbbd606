package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into tokens such that a credential of any usual alphabet stays in one piece. */
final class Tokens {
  private static final String DELIMITERS =
      "\"`,;()[]{}<>|\u201C\u201D\u201E\u00AB\u00BB\u2018\u2019";
  private static final String TRIM_FRONT = "*'.~:=&";
  private static final String TRIM_BACK = "*'.!?~:\u2026&";
  private static final int LONGEST_GAP = 64;

  private Tokens() {}

  static boolean isQuote(char c) {
    return "\"'`\u201D\u201C\u2019\u00BB".indexOf(c) >= 0;
  }

  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    int sentence = 0;
    int last = 0;
    int i = 0;
    while (i < text.length()) {
      if (isDelimiter(text, i)) {
        i++;
        continue;
      }
      int from = i;
      while (i < text.length() && !isDelimiter(text, i)) {
        i++;
      }
      int to = i;
      while (from < to && TRIM_FRONT.indexOf(text.charAt(from)) >= 0) {
        from++;
      }
      while (to > from && TRIM_BACK.indexOf(text.charAt(to - 1)) >= 0) {
        to--;
      }
      if (from == to) {
        continue;
      }
      String gap = text.substring(Math.max(last, from - LONGEST_GAP), from);
      sentence += endsSentence(gap) ? 1 : 0;
      tokens.add(new Token(text.substring(from, to), from, to, gap, sentence));
      last = to;
    }
    return tokens;
  }

  private static boolean isDelimiter(String text, int at) {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || DELIMITERS.indexOf(c) >= 0) {
      return true;
    }
    // A colon parts a label from its value; an equals sign too, unless it pads the end of one.
    if (c == ':') {
      return !text.startsWith("://", at);
    }
    return c == '='
        && at + 1 < text.length()
        && isValueStart(text.charAt(at + 1))
        && !closesQuote(text, at + 1);
  }

  /** The quote after "Rx8=" ends a padded value, that after "key=" begins one. */
  private static boolean closesQuote(String text, int at) {
    char after = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    return isQuote(text.charAt(at))
        && (Character.isWhitespace(after) || ",;.)}]".indexOf(after) >= 0);
  }

  private static boolean isValueStart(char c) {
    return Character.isLetterOrDigit(c) || "\"'`<[{(/\\-_$%@#!&*+^~?".indexOf(c) >= 0;
  }

  private static boolean endsSentence(String gap) {
    for (int i = 0; i < gap.length(); i++) {
      char c = gap.charAt(i);
      boolean stop = c == '.' || c == '!' || c == '?';
      if (stop && i + 1 < gap.length() && Character.isWhitespace(gap.charAt(i + 1))) {
        return true;
      }
      // A label may stand on the line above its value.
      if (c == '\n' && gap.indexOf(':') < 0 && gap.indexOf('=') < 0) {
        return true;
      }
    }
    return false;
  }
}
