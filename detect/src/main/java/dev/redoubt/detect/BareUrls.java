package dev.redoubt.detect;

import java.util.List;

/** Finds URLs in plain text: with a scheme, or beginning with {@code www.}. */
final class BareUrls {
  private static final int LONGEST_SCHEME = 16;

  private BareUrls() {}

  static void find(String text, List<UrlSpan> out) {
    int i = 0;
    while (i < text.length()) {
      int start = start(text, i);
      if (start < 0) {
        i++;
        continue;
      }
      int end = end(text, i);
      if (end > i + 3) {
        boolean angled =
            start > 0
                && text.charAt(start - 1) == '<'
                && end < text.length()
                && text.charAt(end) == '>';
        int from = angled ? start - 1 : start;
        int to = angled ? end + 1 : end;
        out.add(UrlScanner.span(UrlSpan.Kind.BARE, text, start, end, from, to));
      }
      i = Math.max(i + 1, end);
    }
  }

  /** Start of the URL that is recognised at an index; -1 when none is. */
  private static int start(String text, int at) {
    char c = text.charAt(at);
    if (c == ':' && text.startsWith("://", at)) {
      return scheme(text, at);
    }
    if (c == 'd' && text.startsWith("data:", at) && !afterWord(text, at)) {
      return isData(text, at) ? at : -1;
    }
    boolean www = (c | 0x20) == 'w' && text.regionMatches(true, at, "www.", 0, 4);
    return www && !afterWord(text, at) && !afterSlash(text, at) ? at : -1;
  }

  /** A media type and a comma, without blanks. */
  private static boolean isData(String text, int at) {
    int limit = Math.min(text.length(), at + 100);
    for (int i = at; i < limit && text.charAt(i) > ' '; i++) {
      if (text.charAt(i) == ',') {
        return true;
      }
    }
    return false;
  }

  private static int scheme(String text, int colon) {
    int i = colon;
    while (i > 0 && colon - i < LONGEST_SCHEME && isSchemeChar(text.charAt(i - 1))) {
      i--;
    }
    while (i < colon && !Ascii.isLetter(text.charAt(i))) {
      i++;
    }
    return i == colon ? -1 : i;
  }

  private static boolean isSchemeChar(char c) {
    return Ascii.isAlnum(c) || c == '+' || c == '-' || c == '.';
  }

  private static boolean afterWord(String text, int at) {
    return at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
  }

  private static boolean afterSlash(String text, int at) {
    return at > 0 && text.charAt(at - 1) == '/';
  }

  private static int end(String text, int from) {
    int parens = 0;
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == '`' || Character.isWhitespace(c)) {
        break;
      }
      if (c == '(') {
        parens++;
      } else if (c == ')' && --parens < 0) {
        break;
      }
      i++;
    }
    while (i > from && ".,;:!?'*_~]}|\\\u2026".indexOf(text.charAt(i - 1)) >= 0) {
      i--;
    }
    return i;
  }
}
