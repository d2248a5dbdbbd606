package dev.redoubt.inspect.artifact;

import java.time.Duration;

/**
 * How many files got which verdict.
 *
 * @param malicious files
 * @param unproven files
 * @param incomplete files, and entries that are no regular files
 * @param inert files
 * @param skipped files whose digest was known
 * @param bytes that were read
 * @param duration of the run
 */
public record Totals(
    long malicious,
    long unproven,
    long incomplete,
    long inert,
    long skipped,
    long bytes,
    Duration duration) {

  /** Number of files with a verdict. */
  public long files() {
    return malicious + unproven + incomplete + inert;
  }

  /** How many got this verdict. */
  public long of(Verdict verdict) {
    return switch (verdict) {
      case MALICIOUS -> malicious;
      case UNPROVEN -> unproven;
      case INCOMPLETE -> incomplete;
      case INERT -> inert;
    };
  }
}
