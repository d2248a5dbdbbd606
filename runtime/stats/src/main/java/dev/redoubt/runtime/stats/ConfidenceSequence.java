package dev.redoubt.runtime.stats;

import dev.redoubt.core.Interval;
import org.apache.commons.numbers.gamma.LogBeta;

/**
 * Successes so far of trials that somebody watches, with an interval that stays valid however the
 * watcher decides to stop.
 *
 * <p>An interval of fixed size, such as Wilson's, covers the rate 95 times in 100 when the number
 * of trials was set beforehand. Looked at after every trial, and stopped when it pleases, it covers
 * far less often. The intervals of this sequence cover the rate <em>at all numbers of trials at
 * once</em> with probability {@code level}, hence also at whichever one a {@link StoppingRule}, a
 * budget or a person chose. The price is width: 1.7 times Wilson's after 100 trials with as many
 * successes as failures, 2.2 times after 100,000.
 *
 * <p>Method: the rates p whose likelihood ratio against a Beta(1/2, 1/2) mixture stays below 1 / (1
 * - level). Under the true rate the ratio is a martingale that starts at 1, and Ville's inequality
 * bounds how likely it ever gets that high. Sources: H. Robbins, Ann. Math. Stat. 41 (1970)
 * 1397-1409; S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, Ann. Stat. 49 (2021) 1055-1080; I.
 * Waudby-Smith, A. Ramdas, J. R. Stat. Soc. B 86 (2024) 1-27.
 *
 * <p>It takes for granted that every trial succeeds with the same probability, given those before.
 * Attempts of several techniques do not, one technique after the other, and the interval is then
 * worth nothing; in an order shuffled by a seed they behave as if. Feed verdicts in the planned
 * order, not in the order of arrival, where the time that an answer takes may depend on it.
 *
 * <p>The interval depends on the two counts alone, so a replay gives the same one. It always holds
 * the observed rate, and need not lie within the one before.
 *
 * @param successes number of successes
 * @param trials number of trials
 * @param level confidence level, such as 0.95
 * @since 0.1.0
 */
public record ConfidenceSequence(int successes, int trials, double level) {
  /** Name of the method in an {@link Interval}. */
  public static final String METHOD = "confidence-sequence";

  /** Parameter of the mixture; Jeffreys' 1/2 is close to the best for every rate. */
  private static final double PRIOR = 0.5;

  private static final double LOG_PRIOR = LogBeta.value(PRIOR, PRIOR);
  private static final int MOST_STEPS = 200;

  public ConfidenceSequence {
    if (trials < 0 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException("not a rate: " + successes + " of " + trials);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("confidence level must lie in (0, 1), not " + level);
    }
  }

  /** Starts a sequence at {@link Proportions#LEVEL}. */
  public static ConfidenceSequence start() {
    return new ConfidenceSequence(0, 0, Proportions.LEVEL);
  }

  /** Gives the sequence after one more trial. */
  public ConfidenceSequence observe(boolean success) {
    return new ConfidenceSequence(successes + (success ? 1 : 0), trials + 1, level);
  }

  /** Gives the interval at this number of trials; all of [0, 1] before the first. */
  public Interval interval() {
    if (trials == 0) {
      return new Interval(0, 1, level, METHOD);
    }
    double slack = logMixture(successes, trials) + Math.log(1 - level);
    int failures = trials - successes;
    return new Interval(
        lowest(successes, failures, slack), 1 - lowest(failures, successes, slack), level, METHOD);
  }

  private static double logMixture(int successes, int trials) {
    return LogBeta.value(successes + PRIOR, trials - successes + PRIOR) - LOG_PRIOR;
  }

  /**
   * Solves successes * log p + failures * log(1 - p) = slack for the p below the observed rate.
   *
   * <p>In u = log p the left side is concave, and u = slack / successes lies outside of the
   * interval; from there Newton's steps come closer without ever passing the solution, so that the
   * end errs to the wide side only.
   */
  private static double lowest(int successes, int failures, double slack) {
    if (successes == 0) {
      return 0;
    }
    double u = slack / successes;
    for (int i = 0; i < MOST_STEPS; i++) {
      // 1 - p, without the loss that p near 0 or 1 would bring.
      double rest = -Math.expm1(u);
      double missing = slack - successes * u - failures * Math.log(rest);
      double slope = successes - failures * (1 - rest) / rest;
      double next = u + missing / slope;
      if (!(missing > 0 && slope > 0) || next <= u) {
        break;
      }
      u = next;
    }
    return Math.min(Math.exp(u), (double) successes / (successes + failures));
  }
}
