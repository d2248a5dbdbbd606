package dev.redoubt.runtime.stats;

import dev.redoubt.core.Interval;
import dev.redoubt.runtime.stats.CorrectedRate.Corrected;
import dev.redoubt.runtime.stats.CorrectedRate.NotCorrectable;
import dev.redoubt.runtime.stats.CorrectedRate.Reason;

/**
 * How often a judge was right on a labelled set, and what that does to a rate that it measured.
 *
 * <p>Sources: W. J. Rogan, B. Gladen, Am. J. Epidemiol. 107 (1978) 71-76 (the estimate); Zs. Lang,
 * J. Reiczigel, Prev. Vet. Med. 113 (2014) 13-22 (the interval, for sensitivity and specificity
 * that were themselves measured on samples). The labelled set must be drawn as the run's replies
 * are: a judge that errs more often on the run's replies makes the correction wrong, and no formula
 * can see that, except where the rates contradict each other.
 *
 * @param truePositives labelled successes that the judge called successes
 * @param positives labelled successes
 * @param trueNegatives labelled failures that the judge called failures
 * @param negatives labelled failures
 * @since 0.1.0
 */
public record JudgeAccuracy(int truePositives, int positives, int trueNegatives, int negatives) {
  /** Name of the method in an {@link Interval}. */
  public static final String METHOD = "lang-reiczigel";

  public JudgeAccuracy {
    if (truePositives < 0 || truePositives > positives) {
      throw new IllegalArgumentException(
          "not a sensitivity: " + truePositives + " of " + positives);
    }
    if (trueNegatives < 0 || trueNegatives > negatives) {
      throw new IllegalArgumentException(
          "not a specificity: " + trueNegatives + " of " + negatives);
    }
  }

  /** Share of labelled successes that the judge saw; NaN without labelled successes. */
  public double sensitivity() {
    return (double) truePositives / positives;
  }

  /** Share of labelled failures that the judge let pass; NaN without labelled failures. */
  public double specificity() {
    return (double) trueNegatives / negatives;
  }

  /** Gives the Wilson interval of the sensitivity. */
  public Interval sensitivityInterval() {
    return Proportions.wilson(truePositives, positives);
  }

  /** Gives the Wilson interval of the specificity. */
  public Interval specificityInterval() {
    return Proportions.wilson(trueNegatives, negatives);
  }

  /**
   * Corrects a rate that the judge measured.
   *
   * @param successes what the judge called a success
   * @param trials verdicts of the judge
   * @param level confidence level
   * @return the true rate with its interval, which always holds the estimate; or why there is none
   */
  public CorrectedRate correct(int successes, int trials, double level) {
    if (trials < 0 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException("not a rate: " + successes + " of " + trials);
    }
    if (trials == 0) {
      return new NotCorrectable(Reason.NO_VERDICTS);
    }
    if (positives == 0 || negatives == 0) {
      return new NotCorrectable(Reason.NO_LABELS);
    }
    double z = Proportions.quantile(level);
    Share apparent = Share.of(successes, trials, z * z);
    Share sens = Share.of(truePositives, positives, 2);
    Share spec = Share.of(trueNegatives, negatives, 2);
    double gain = sens.rate + spec.rate - 1;
    // Both: few labels draw the adjusted shares towards 1/2, one more than the other.
    if (!(sensitivity() + specificity() > 1 && gain > 0)) {
      return new NotCorrectable(Reason.NO_BETTER_THAN_CHANCE);
    }
    double centre = (apparent.rate + spec.rate - 1) / gain;
    double error =
        Math.sqrt(
                apparent.variance
                    + centre * centre * sens.variance
                    + (1 - centre) * (1 - centre) * spec.variance)
            / gain;
    double shift = 2 * z * z * (centre * sens.variance - (1 - centre) * spec.variance);
    double low = centre + shift - z * error;
    double high = centre + shift + z * error;
    if (high <= 0 || low >= 1) {
      return new NotCorrectable(Reason.UNLIKE_LABELLED_SET);
    }
    double rate = estimate((double) successes / trials);
    return new Corrected(
        rate,
        new Interval(
            Math.min(rate, Math.max(0, low)), Math.max(rate, Math.min(1, high)), level, METHOD));
  }

  /** Corrects a rate at {@link Proportions#LEVEL}. */
  public CorrectedRate correct(int successes, int trials) {
    return correct(successes, trials, Proportions.LEVEL);
  }

  private double estimate(double apparent) {
    double rate = (apparent + specificity() - 1) / (sensitivity() + specificity() - 1);
    return Math.max(0, Math.min(1, rate));
  }

  /** A share with some made-up trials added, half of them successes, and its variance. */
  private record Share(double rate, double variance) {
    static Share of(int successes, int trials, double added) {
      double n = trials + added;
      double rate = (successes + added / 2) / n;
      return new Share(rate, rate * (1 - rate) / n);
    }
  }
}
