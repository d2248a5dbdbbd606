package dev.redoubt.bench;

import dev.redoubt.core.Interval;
import dev.redoubt.runtime.stats.CorrectedRate;
import dev.redoubt.runtime.stats.CorrectedRate.Corrected;
import dev.redoubt.runtime.stats.CorrectedRate.NotCorrectable;
import dev.redoubt.runtime.stats.JudgeAccuracy;
import dev.redoubt.runtime.stats.Proportions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Coverage of the rate corrected for a judge's errors, exactly, over all outcomes of the run and of
 * the labelled set, for judges from poor to good; among the outcomes that give an interval at all.
 */
final class JudgeCoverage {
  private static final double LIMIT = 0.94;
  private static final double[] ACCURACIES = {0.65, 0.75, 0.9, 0.98};
  private static final double[] RATES = {0, 0.02, 0.1, 0.3, 0.5, 0.8, 0.98, 1};
  private static final int[][] SIZES = {{30, 15, 15}, {100, 20, 20}, {50, 30, 60}, {100, 50, 50}};

  private JudgeCoverage() {}

  static void measure(CoverageRows rows) {
    rows.heading(
        "Rate corrected for the judge (Rogan-Gladen), exact, over "
            + ACCURACIES.length * ACCURACIES.length * RATES.length
            + " judges and rates");
    for (int[] size : SIZES) {
      measure(rows, size[0], size[1], size[2]);
    }
  }

  private static void measure(CoverageRows rows, int trials, int positives, int negatives) {
    @Nullable Interval[][][] intervals = intervals(trials, positives, negatives);
    double least = 1;
    double sum = 0;
    double mostWithout = 0;
    double leastUncorrected = 1;
    for (double sensitivity : ACCURACIES) {
      for (double specificity : ACCURACIES) {
        for (double rate : RATES) {
          double apparent = rate * sensitivity + (1 - rate) * (1 - specificity);
          double[] run = Binomials.all(trials, apparent);
          double[] sens = Binomials.all(positives, sensitivity);
          double[] spec = Binomials.all(negatives, specificity);
          Measured measured = measure(intervals, run, sens, spec, rate);
          least = Math.min(least, measured.coverage());
          sum += measured.coverage();
          mostWithout = Math.max(mostWithout, 1 - measured.given);
          leastUncorrected = Math.min(leastUncorrected, uncorrected(run, rate));
        }
      }
    }
    String sizes =
        String.format(Locale.ROOT, "run of %d, labelled %d + %d: ", trials, positives, negatives);
    rows.atLeast(sizes + "least", least, LIMIT);
    rows.figure(sizes + "mean", sum / (ACCURACIES.length * ACCURACIES.length * RATES.length));
    rows.figure(sizes + "most often without an interval", mostWithout);
    rows.figure(sizes + "Wilson uncorrected, least", leastUncorrected);
  }

  /** How likely there is an interval, and one that covers. */
  private record Measured(double given, double covered) {
    double coverage() {
      return covered / given;
    }
  }

  private static Measured measure(
      @Nullable Interval[][][] intervals, double[] run, double[] sens, double[] spec, double rate) {
    double given = 0;
    double covered = 0;
    for (int i = 0; i < run.length; i++) {
      for (int j = 0; j < sens.length; j++) {
        for (int k = 0; k < spec.length; k++) {
          Interval interval = intervals[i][j][k];
          if (interval != null) {
            double mass = run[i] * sens[j] * spec[k];
            given += mass;
            covered += interval.contains(rate) ? mass : 0;
          }
        }
      }
    }
    return new Measured(given, covered);
  }

  private static double uncorrected(double[] run, double rate) {
    double covered = 0;
    for (int i = 0; i < run.length; i++) {
      covered += Proportions.wilson(i, run.length - 1).contains(rate) ? run[i] : 0;
    }
    return covered;
  }

  private static @Nullable Interval[][][] intervals(int trials, int positives, int negatives) {
    var intervals = new @Nullable Interval[trials + 1][positives + 1][negatives + 1];
    for (int i = 0; i <= trials; i++) {
      for (int j = 0; j <= positives; j++) {
        for (int k = 0; k <= negatives; k++) {
          CorrectedRate rate = new JudgeAccuracy(j, positives, k, negatives).correct(i, trials);
          intervals[i][j][k] =
              switch (rate) {
                case Corrected corrected -> corrected.interval();
                case NotCorrectable no -> null;
              };
        }
      }
    }
    return intervals;
  }
}
