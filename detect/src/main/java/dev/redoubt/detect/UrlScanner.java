package dev.redoubt.detect;

import java.util.List;

/**
 * Finds URLs in a text that somebody may render: markdown images and links, inline and by
 * reference, HTML tags, and bare URLs.
 *
 * <p>Recall comes first: what some renderer would load or make clickable is found, even where a
 * strict one would not.
 */
public final class UrlScanner {
  private UrlScanner() {}

  /**
   * Scans a text.
   *
   * @param text any chars
   * @return URLs in the order of the text
   */
  public static List<UrlSpan> scan(String text) {
    return List.of();
  }
}
