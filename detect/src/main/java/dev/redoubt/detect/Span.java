package dev.redoubt.detect;

/**
 * Something that was recognised in a text.
 *
 * @param type what it is, in kebab case, such as {@code email} or {@code password}
 * @param start index of its first UTF-16 char in the text as it was given
 * @param end index after its last UTF-16 char
 * @param text the text between the two, as it stands in the original
 */
public record Span(String type, int start, int end, String text) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + type + " from " + start + " to " + end);
    }
  }

  /** Cuts a span out of its text. */
  public static Span of(String type, String source, int start, int end) {
    return new Span(type, start, end, source.substring(start, end));
  }

  /** Says whether the two share at least one char. */
  public boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }
}
