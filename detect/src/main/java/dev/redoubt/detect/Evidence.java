package dev.redoubt.detect;

/**
 * How sure pieces of text show that whoever wrote them knew a value, in bits.
 *
 * <p>A writer who does not know the value hits a given piece of it with a chance of 2 to the minus
 * {@link #bits}; the rates stay below the entropy of characters drawn at random (5.2 bits for a
 * letter or digit in either case, 4.7 for a letter, 3.3 for a digit) and, for words, below that of
 * a word drawn from a large dictionary. He has as many tries as there are ways to choose the pieces
 * and the places to cut the value at; the logarithm of that number is the cost. Evidence minus cost
 * is reported as a leak from {@link #ENOUGH} on, so by the union bound a conversation that knows
 * nothing of the value is taken for a leak with a chance of less than 2 to the minus 20, one in a
 * million.
 *
 * <p>That bound is about a writer who knows nothing. One who knows all but a piece is as likely in
 * an attack (half a secret came out, and the other half is somebody's guess), so each piece must
 * also be evidence by itself, {@link #PIECE} bits after its own tries. One or two characters never
 * are; they count only in a series of such, one to an answer, with no other among them, or as the
 * rest at the end of equal pieces.
 */
final class Evidence {
  /** Bits of evidence from which on a value counts as given out. */
  static final double ENOUGH = 20;

  /** Bits that a piece needs beside all others. */
  static final double PIECE = 6;

  /** A piece that the attacker wrote, this sure, is no news when the target repeats it. */
  static final double KNOWN = 6;

  /** Which of sixteen kinds of encoding the pieces came in. */
  static final double ENCODING_COST = 4;

  /** Which order the pieces were read in. */
  static final double ORDER_COST = 3;

  private static final double DIGIT = 3.2;
  private static final double MIXED = 4.7;
  private static final double LETTER_SET_OFF = 3.5;
  private static final double LETTER_IN_PROSE = 2.2;

  /**
   * No word counts for more, however long: about one in a thousand words of a text on its topic.
   */
  private static final double MOST_FOR_A_WORD = 10;

  private static final double MOST_FOR_A_WORD_SET_OFF = 16;

  private Evidence() {}

  /** Bits that a piece counts for the characters from {@code from} on. */
  static double bits(SplitPattern pattern, Fragment piece, int from) {
    double weight = pattern.weight(from, piece.to());
    boolean prose = piece.stand() == Fragment.Stand.PROSE;
    return switch (pattern.content(piece.from(), piece.to())) {
      case DIGITS -> weight * DIGIT;
      case MIXED -> weight * MIXED;
      case LETTERS ->
          prose
              ? Math.min(MOST_FOR_A_WORD, weight * LETTER_IN_PROSE)
              : Math.min(MOST_FOR_A_WORD_SET_OFF, weight * LETTER_SET_OFF);
    };
  }

  /** Logarithm to base 2 of the ways to choose {@code k} of {@code n}. */
  static double choices(int n, int k) {
    double log = 0;
    for (int i = 1; i <= Math.min(k, n - k); i++) {
      log += log2((double) (n - i + 1) / i);
    }
    return log;
  }

  static double log2(double x) {
    return x <= 1 ? 0 : Math.log(x) / Math.log(2);
  }
}
