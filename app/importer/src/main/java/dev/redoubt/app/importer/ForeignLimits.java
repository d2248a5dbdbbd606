package dev.redoubt.app.importer;

/**
 * How much of a foreign file is taken: it is untrusted.
 *
 * @param fileBytes largest file
 * @param caseBytes largest line, or largest case of a JSON document
 * @param depth deepest nesting
 * @param cases most cases
 * @param keptCharacters most characters of conversations that are kept; the rest are counted only
 * @since 0.1.0
 */
public record ForeignLimits(
    long fileBytes, int caseBytes, int depth, int cases, long keptCharacters) {
  /** Far more than a run of these tools writes. */
  public static final ForeignLimits STANDARD =
      new ForeignLimits(2L << 30, 16 << 20, 200, 1_000_000, 64L << 20);
}
