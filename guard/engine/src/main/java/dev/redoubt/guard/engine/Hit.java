package dev.redoubt.guard.engine;

/**
 * What a check found at a place of a text.
 *
 * @param start offset in the checked text, in UTF-16 characters
 * @param end offset after the last character
 * @param why in plain words; never holds what was found
 * @param replacement what a rewriting rule puts there; never empty, so that what stood on both
 *     sides can't grow together into something new
 * @since 0.1.0
 */
public record Hit(int start, int end, String why, String replacement) {
  public Hit {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no span: " + start + " to " + end);
    }
    if (replacement.isEmpty()) {
      throw new IllegalArgumentException("a replacement must not be empty");
    }
  }

  /** Says whether it shares a character with a part of the text. */
  public boolean overlaps(int from, int to) {
    return start < to && end > from;
  }
}
