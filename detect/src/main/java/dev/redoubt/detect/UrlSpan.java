package dev.redoubt.detect;

/**
 * A URL in a text, with the construct that makes it one.
 *
 * @param kind what construct it stands in
 * @param url the URL as a browser would take it: entities decoded, blanks trimmed; percent-encoding
 *     is left as it is
 * @param start index of the first UTF-16 char of the URL itself in the text
 * @param end index after its last
 * @param spanStart index of the first UTF-16 char of the whole construct, such as the {@code !} of
 *     a markdown image
 * @param spanEnd index after the last UTF-16 char of the whole construct
 */
public record UrlSpan(Kind kind, String url, int start, int end, int spanStart, int spanEnd) {

  /** The construct that a URL stands in. */
  public enum Kind {
    /** A markdown image: loaded without a click. */
    IMAGE,
    /** A markdown link. */
    LINK,
    /** A URL in plain text or between angle brackets. */
    BARE,
    /** A URL in an attribute or style of an HTML tag. */
    HTML,
    /** The definition of a markdown reference, {@code [id]: url}. */
    REFERENCE
  }
}
