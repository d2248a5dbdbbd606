package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Tally;
import dev.redoubt.core.Interval;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * The 95 % interval of a rate after E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", Journal of the American Statistical Association 22 (1927).
 */
final class Wilson {
  private Wilson() {}

  /** The interval of a tally; of no trials it is all of 0 to 1. */
  static Interval of(Tally tally) {
    return of(tally.successes(), tally.trials());
  }

  static Interval of(int successes, int trials) {
    if (trials == 0) {
      return new Interval(0, 1, 0.95, "wilson");
    }
    var ends = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(trials, successes, 1 - 0.95);
    return new Interval(ends.getLowerBound(), ends.getUpperBound(), 0.95, "wilson");
  }
}
