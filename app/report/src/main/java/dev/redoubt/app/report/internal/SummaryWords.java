package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Summary;

/** Finds the sentences of the summary. */
public final class SummaryWords {
  private SummaryWords() {}

  /** Puts a report into words. */
  public static Summary of(Report report) {
    return new Summary("", "not assessed yet", "", "", "");
  }
}
