package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds URLs in a text that somebody may render: markdown images and links, inline and by
 * reference, HTML tags, and bare URLs.
 *
 * <p>Recall comes first: what some renderer would load or make clickable is found, even where a
 * strict one would not. One URL may be found once only, in the outermost construct that renders it:
 * the image of a linked image is found as an image, its link as a link.
 */
public final class UrlScanner {
  private UrlScanner() {}

  /**
   * Scans a text.
   *
   * @param text any chars
   * @return URLs in the order of their place in the text
   */
  public static List<UrlSpan> scan(String text) {
    List<UrlSpan> found = new ArrayList<>();
    MarkdownUrls.find(text, found);
    HtmlUrls.find(text, found);
    BareUrls.find(text, found);
    found.sort(Comparator.comparingInt(UrlSpan::start));
    List<UrlSpan> kept = new ArrayList<>(found.size());
    UrlSpan last = null;
    for (UrlSpan span : found) {
      // A bare URL inside a construct is that construct's; sorting is stable and puts it later.
      if (last == null || span.start() >= last.end()) {
        kept.add(span);
        last = span;
      }
    }
    return List.copyOf(kept);
  }

  /** Builds a span, with the URL as a browser takes it. */
  static UrlSpan span(UrlSpan.Kind kind, String text, int start, int end, int from, int to) {
    return new UrlSpan(kind, clean(text.substring(start, end)), start, end, from, to);
  }

  /** Drops the blanks and line breaks that browsers drop, and undoes entities and escapes. */
  private static String clean(String raw) {
    String plain = EntityDecoder.decode(raw);
    StringBuilder out = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      boolean escape = c == '\\' && i + 1 < plain.length() && isPunctuation(plain.charAt(i + 1));
      if (c != '\n' && c != '\r' && c != '\t' && !escape) {
        out.append(c);
      }
    }
    return out.toString().strip();
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
  }
}
