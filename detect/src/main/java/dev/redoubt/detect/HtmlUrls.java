package dev.redoubt.detect;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the URLs in the attributes and styles of HTML tags. */
final class HtmlUrls {
  private static final int LONGEST_TAG = 65_536;
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "src",
          "href",
          "srcset",
          "action",
          "formaction",
          "poster",
          "data",
          "background",
          "cite",
          "ping",
          "xlink:href",
          "longdesc",
          "lowsrc",
          "dynsrc",
          "manifest",
          "imagesrcset",
          "url");

  private HtmlUrls() {}

  static void find(String text, List<UrlSpan> out) {
    int i = text.indexOf('<');
    while (i >= 0) {
      int next = i + 1;
      if (next < text.length() && Ascii.isLetter(text.charAt(next))) {
        next = tag(text, i, out);
        if (text.regionMatches(true, i + 1, "style", 0, 5)) {
          next = sheet(text, i, next, out);
        }
      }
      i = text.indexOf('<', next);
    }
  }

  /** Reads what stands between style tags; it goes as a whole. */
  private static int sheet(String text, int open, int from, List<UrlSpan> out) {
    int end = from;
    int limit = Math.min(text.length(), from + LONGEST_TAG);
    while (end < limit && !text.regionMatches(true, end, "</style", 0, 7)) {
      end++;
    }
    int close = text.indexOf('>', end);
    int to = end < limit && close >= 0 && close - end < 32 ? close + 1 : end;
    styleUrls(text, from, end, open, to, out);
    imports(text, from, end, open, to, out);
    return to;
  }

  /** {@code @import "…"}. */
  private static void imports(
      String text, int from, int end, int open, int close, List<UrlSpan> out) {
    for (int i = from; i < end; i++) {
      if (text.charAt(i) != '@' || !text.regionMatches(true, i, "@import", 0, 7)) {
        continue;
      }
      int quote = skipBlanks(text, i + 7, end);
      if (quote < end && (text.charAt(quote) == '"' || text.charAt(quote) == '\'')) {
        int to = text.indexOf(text.charAt(quote), quote + 1);
        if (to > quote + 1 && to <= end) {
          out.add(UrlScanner.span(UrlSpan.Kind.HTML, text, quote + 1, to, open, close));
        }
      }
    }
  }

  /** Reads one tag; returns the index to go on from. */
  private static int tag(String text, int open, List<UrlSpan> out) {
    int limit = Math.min(text.length(), open + LONGEST_TAG);
    int close = tagEnd(text, open + 1, limit);
    int i = open + 1;
    while (i < close && !Character.isWhitespace(text.charAt(i)) && text.charAt(i) != '/') {
      i++;
    }
    while (i < close) {
      char c = text.charAt(i);
      if (!Ascii.isLetter(c)) {
        i++;
        continue;
      }
      int nameFrom = i;
      while (i < close && (Ascii.isAlnum(text.charAt(i)) || "-:_".indexOf(text.charAt(i)) >= 0)) {
        i++;
      }
      String name = text.substring(nameFrom, Math.min(i, nameFrom + 32)).toLowerCase(Locale.ROOT);
      i = value(text, name, i, open, close, out);
    }
    return close;
  }

  /**
   * Index after the tag: quotes may hold a {@code >}; a tag that is not closed ends at the next.
   */
  private static int tagEnd(String text, int from, int limit) {
    char quote = 0;
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && text.charAt(i - 1) == '=') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      } else if (c == '<') {
        return i;
      }
    }
    return limit;
  }

  private static int value(
      String text, String name, int afterName, int open, int close, List<UrlSpan> out) {
    int i = skipBlanks(text, afterName, close);
    if (i >= close || text.charAt(i) != '=') {
      return Math.max(i, afterName);
    }
    i = skipBlanks(text, i + 1, close);
    if (i >= close) {
      return close;
    }
    char quote = text.charAt(i);
    boolean quoted = quote == '"' || quote == '\'';
    int from = quoted ? i + 1 : i;
    int to = from;
    while (to < close && !ends(text.charAt(to), quoted, quote)) {
      to++;
    }
    if (name.equals("content")) {
      refresh(text, from, to, open, close, out);
    } else if (name.equals("style")) {
      styleUrls(text, from, to, open, close, out);
    } else if (name.equals("srcset") || name.equals("imagesrcset")) {
      sources(text, from, to, open, close, out);
    } else if (to > from && ATTRIBUTES.contains(name)) {
      out.add(UrlScanner.span(UrlSpan.Kind.HTML, text, from, to, open, close));
    }
    return Math.min(close, to + 1);
  }

  private static boolean ends(char c, boolean quoted, char quote) {
    return quoted ? c == quote : Character.isWhitespace(c) || c == '>';
  }

  /** {@code content="0;url=…"}; elsewhere "content" is a URL only where it looks like one. */
  private static void refresh(
      String text, int from, int to, int open, int close, List<UrlSpan> out) {
    int start = from;
    for (int i = from; i + 4 < to; i++) {
      if (text.regionMatches(true, i, "url=", 0, 4)) {
        start = i + 4;
        break;
      }
    }
    while (start < to && isQuoteOrBlank(text.charAt(start))) {
      start++;
    }
    if (start > from || text.substring(from, to).contains("://")) {
      out.add(UrlScanner.span(UrlSpan.Kind.HTML, text, start, to, open, close));
    }
  }

  private static void sources(
      String text, int from, int to, int open, int close, List<UrlSpan> out) {
    int i = from;
    while (i < to) {
      while (i < to && (Character.isWhitespace(text.charAt(i)) || text.charAt(i) == ',')) {
        i++;
      }
      int start = i;
      while (i < to && !Character.isWhitespace(text.charAt(i)) && text.charAt(i) != ',') {
        i++;
      }
      if (i > start) {
        out.add(UrlScanner.span(UrlSpan.Kind.HTML, text, start, i, open, close));
      }
      while (i < to && text.charAt(i) != ',') {
        i++;
      }
    }
  }

  private static void styleUrls(
      String text, int from, int to, int open, int close, List<UrlSpan> out) {
    int i = from;
    while (i < to) {
      if (!text.regionMatches(true, i, "url(", 0, 4)) {
        i++;
        continue;
      }
      int start = i + 4;
      int end = start;
      while (end < to && text.charAt(end) != ')') {
        end++;
      }
      int a = start;
      int b = end;
      while (a < b && isQuoteOrBlank(text.charAt(a))) {
        a++;
      }
      while (b > a && isQuoteOrBlank(text.charAt(b - 1))) {
        b--;
      }
      if (b > a) {
        out.add(UrlScanner.span(UrlSpan.Kind.HTML, text, a, b, open, close));
      }
      i = end;
    }
  }

  private static boolean isQuoteOrBlank(char c) {
    return c == '"' || c == '\'' || Character.isWhitespace(c);
  }

  private static int skipBlanks(String text, int from, int to) {
    int i = from;
    while (i < to && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
