package dev.redoubt.guard.engine;

/**
 * Something that a scanner found. It says what kind of thing and where, never the thing itself, so
 * that it can be logged.
 *
 * @param scanner name of the scanner
 * @param rule id of the policy rule
 * @param action what the rule does about it
 * @param why in plain words, without the content
 * @param start offset in the text that was checked, in UTF-16 characters
 * @param end offset after the last character
 * @param origin where the text came from: the origin of the message, or of the passage in it with
 *     its provenance, see {@link Provenance#origin}; empty when it is not known
 * @since 0.1.0
 */
public record ScanResult(
    String scanner, String rule, Action action, String why, int start, int end, String origin) {
  public ScanResult {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no span: " + start + " to " + end);
    }
  }

  /** Of a text whose origin is not known. */
  public ScanResult(String scanner, String rule, Action action, String why, int start, int end) {
    this(scanner, rule, action, why, start, end, "");
  }

  /** The same with its origin. */
  ScanResult from(String place) {
    return new ScanResult(scanner, rule, action, why, start, end, place);
  }
}
