package dev.redoubt.detect;

import java.util.Objects;

/**
 * A part of a value that stands in an answer as a piece of its own.
 *
 * @param pattern index of the order of the value
 * @param answer index of the answer
 * @param start index of its first char there
 * @param end index after its last
 * @param encoding its disguise, empty when it has none
 * @param from index of its first letter or digit in the value
 * @param to index after its last
 * @param stand how it stands in the text
 * @param label the number that it was given, -1 when none
 * @param before whether the symbols before it in the value stand there too
 * @param after whether the symbols after it in the value stand there too
 */
record Fragment(
    int pattern,
    int answer,
    int start,
    int end,
    String encoding,
    int from,
    int to,
    Stand stand,
    int label,
    boolean before,
    boolean after) {

  /** Fewest characters of a piece in the middle of a sentence. */
  static final int SHORTEST_IN_PROSE = 3;

  /** How a piece stands in a text, by how much it is set off. */
  enum Stand {
    /** A word among others. */
    PROSE,
    /** Quoted, emphasised, or named by what stands before it. */
    MARKED,
    /** All that there is on a line. */
    ALONE
  }

  /** What a piece is made of. */
  enum Content {
    DIGITS,
    LETTERS,
    MIXED
  }

  Fragment {
    Objects.requireNonNull(encoding);
  }

  int length() {
    return to - from;
  }

  boolean isShort() {
    return length() < SHORTEST_IN_PROSE;
  }
}
