package dev.redoubt.app.report;

import dev.redoubt.app.report.internal.SummaryWords;

/**
 * The run in plain sentences, the same words on the page and on the terminal.
 *
 * @param leaked what leaked and how often
 * @param obligations what it means in money and in law
 * @param changed what the guard changed; empty for a plain assessment
 * @param stillThrough what still gets through; for a plain assessment, what was not tested
 * @param next what to do next
 */
public record Summary(
    String leaked, String obligations, String changed, String stillThrough, String next) {

  /** Puts a report into words. */
  public static Summary of(Report report) {
    return SummaryWords.of(report);
  }
}
