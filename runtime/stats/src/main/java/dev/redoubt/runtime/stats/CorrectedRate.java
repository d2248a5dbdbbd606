package dev.redoubt.runtime.stats;

import dev.redoubt.core.Interval;

/**
 * What is left of a judge's rate once the judge's own errors are taken out.
 *
 * @since 0.1.0
 */
public sealed interface CorrectedRate {

  /**
   * The rate could be corrected.
   *
   * @param rate the Rogan-Gladen estimate, kept within [0, 1]
   * @param interval of the true rate; it reckons with the chance in all three counts
   */
  record Corrected(double rate, Interval interval) implements CorrectedRate {}

  /**
   * The rate can't be corrected; it says nothing about the true one.
   *
   * @param reason why
   */
  record NotCorrectable(Reason reason) implements CorrectedRate {}

  /** Why a rate can't be corrected. */
  enum Reason {
    /** The judge gave no verdict in the run. */
    NO_VERDICTS("the judge gave no verdict"),
    /** The labelled set lacks successes or failures. */
    NO_LABELS("the labelled set needs at least one success and one failure"),
    /** Sensitivity and specificity add up to 1 or less. */
    NO_BETTER_THAN_CHANCE(
        "on the labelled set the judge is no better than chance (sensitivity + specificity <= 1)"),
    /** The judge's rate lies beyond what its measured errors allow for any true rate. */
    UNLIKE_LABELLED_SET(
        "the judge's rate lies beyond what its errors on the labelled set allow for any true rate:"
            + " the run is unlike the labelled set");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** Says the reason in words, for a report. */
    public String words() {
      return words;
    }
  }
}
