package dev.redoubt.detect;

import java.util.List;

/**
 * Finds the destinations of markdown: {@code ![alt](url "title")}, {@code [text](<url>)}, {@code
 * [id]: url}. Follows CommonMark, more loosely where renderers differ.
 */
final class MarkdownUrls {
  private MarkdownUrls() {}

  static void find(String text, List<UrlSpan> out) {
    Brackets brackets = new Brackets(text);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != ']' || i + 1 >= text.length()) {
        continue;
      }
      int after = afterBlanks(text, i + 1, 2);
      if (after >= text.length()) {
        continue;
      }
      char next = text.charAt(after);
      int found = out.size();
      if (next == '(') {
        inline(text, brackets.opener(i), i, after, out);
      } else if (next == ':') {
        reference(text, brackets.opener(i), after, out);
      }
      if (out.size() > found) {
        // What looks like a link inside a URL is part of that URL; reading it again is quadratic.
        i = Math.max(i, out.get(found).end() - 1);
      }
    }
  }

  /**
   * Index of what follows at most so many blanks; models put one between {@code ]} and {@code (}.
   */
  private static int afterBlanks(String text, int from, int most) {
    int i = from;
    while (i < text.length() && i - from < most && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  private static void inline(String text, int opener, int closer, int paren, List<UrlSpan> out) {
    int from = skipWhite(text, paren + 1);
    Destination destination = Destination.at(text, from, true);
    if (destination == null || destination.end() == destination.start()) {
      return;
    }
    int end = closingParen(text, destination.next());
    int begin = opener < 0 ? closer : opener;
    boolean image = begin > 0 && text.charAt(begin - 1) == '!';
    UrlSpan.Kind kind = image ? UrlSpan.Kind.IMAGE : UrlSpan.Kind.LINK;
    out.add(
        UrlScanner.span(
            kind, text, destination.start(), destination.end(), image ? begin - 1 : begin, end));
  }

  private static void reference(String text, int opener, int colon, List<UrlSpan> out) {
    if (opener < 0 || !startsLine(text, opener)) {
      return;
    }
    int from = skipWhite(text, colon + 1);
    Destination destination = Destination.at(text, from, false);
    if (destination == null || !looksLikeUrl(text, destination)) {
      return;
    }
    int end = text.indexOf('\n', destination.next());
    out.add(
        UrlScanner.span(
            UrlSpan.Kind.REFERENCE,
            text,
            destination.start(),
            destination.end(),
            opener,
            end < 0 ? text.length() : end));
  }

  private static boolean startsLine(String text, int at) {
    int i = at - 1;
    while (i >= 0 && at - i < 12 && (text.charAt(i) == ' ' || text.charAt(i) == '>')) {
      i--;
    }
    return i < 0 || text.charAt(i) == '\n' || text.charAt(i) == '\r';
  }

  /** Keeps "[note]: see below" from being a reference. */
  private static boolean looksLikeUrl(String text, Destination d) {
    for (int i = d.start(); i < d.end(); i++) {
      char c = text.charAt(i);
      if (c == '/' || c == ':' || c == '.') {
        return true;
      }
    }
    return false;
  }

  private static int skipWhite(String text, int from) {
    int i = from;
    while (i < text.length() && i - from < 100 && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Index after the parenthesis that closes a link after its title; the line's end without one. */
  private static int closingParen(String text, int from) {
    int i = skipWhite(text, from);
    if (i < text.length() && "\"'(".indexOf(text.charAt(i)) >= 0) {
      char quote = text.charAt(i) == '(' ? ')' : text.charAt(i);
      int limit = Math.min(text.length(), i + 1000);
      int j = i + 1;
      while (j < limit && text.charAt(j) != quote) {
        j += text.charAt(j) == '\\' ? 2 : 1;
      }
      i = skipWhite(text, Math.min(limit, j + 1));
    }
    int limit = Math.min(text.length(), i + 1000);
    for (int j = i; j < limit; j++) {
      if (text.charAt(j) == ')') {
        return j + 1;
      }
      if (text.charAt(j) == '\n') {
        return j;
      }
    }
    return Math.min(text.length(), Math.max(from, i));
  }
}
