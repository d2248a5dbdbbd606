package dev.redoubt.runtime.stats;

import dev.redoubt.core.Interval;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How well scores tell two kinds of things apart.
 *
 * <p>Sources: the area under the curve as the share of pairs in the right order, ties counting half
 * (H. B. Mann, D. R. Whitney, Ann. Math. Stat. 18 (1947) 50-60), with the standard error of J. A.
 * Hanley and B. J. McNeil, Radiology 143 (1982) 29-36; the interval of a quantile by order
 * statistics (H. A. David, H. N. Nagaraja, Order Statistics, 2003, section 7.1).
 *
 * @since 0.1.0
 */
public final class RankedScores {
  private final double[] positives;
  private final double[] negatives;

  private RankedScores(double[] positives, double[] negatives) {
    this.positives = sorted(positives);
    this.negatives = sorted(negatives);
  }

  /**
   * Takes the scores of both.
   *
   * @param positives of what is to be found
   * @param negatives of what is to be left alone
   */
  public static RankedScores of(double[] positives, double[] negatives) {
    return new RankedScores(positives, negatives);
  }

  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  /** How many are to be found. */
  public int positives() {
    return positives.length;
  }

  /** How many are to be left alone. */
  public int negatives() {
    return negatives.length;
  }

  /** Says whether there are both kinds, without which nothing can be told apart. */
  public boolean comparable() {
    return positives.length > 0 && negatives.length > 0;
  }

  /** The area under the curve, from 0 to 1; NaN where one kind is missing. */
  public double auc() {
    if (!comparable()) {
      return Double.NaN;
    }
    double pairs = 0;
    for (double p : positives) {
      int below = below(negatives, p);
      int equal = notAbove(negatives, p) - below;
      pairs += below + equal / 2.0;
    }
    return pairs / positives.length / negatives.length;
  }

  /** Its interval, by Hanley and McNeil; all of [0, 1] where one kind is missing. */
  public Interval aucInterval() {
    if (!comparable()) {
      return new Interval(0, 1, Proportions.LEVEL, "hanley-mcneil");
    }
    double a = auc();
    double q1 = a / (2 - a);
    double q2 = 2 * a * a / (1 + a);
    double variance =
        (a * (1 - a)
                + (positives.length - 1) * (q1 - a * a)
                + (negatives.length - 1) * (q2 - a * a))
            / ((double) positives.length * negatives.length);
    double z =
        NormalDistribution.of(0, 1).inverseCumulativeProbability(0.5 + Proportions.LEVEL / 2);
    double half = z * Math.sqrt(Math.max(0, variance));
    return new Interval(
        Math.max(0, a - half), Math.min(1, a + half), Proportions.LEVEL, "hanley-mcneil");
  }

  /**
   * The lowest threshold at which no more than this share of the negatives is taken for positives:
   * those with this score or a higher one are.
   *
   * @param share from 0 to 1
   */
  public double thresholdAt(double share) {
    if (negatives.length == 0) {
      return Double.NaN;
    }
    return Math.nextUp(negatives[negatives.length - 1 - allowed(share)]);
  }

  private int allowed(double share) {
    return Math.min(negatives.length - 1, (int) Math.floor(share * negatives.length + 1e-9));
  }

  /**
   * The interval of that threshold: between which scores the one lies that this share of all such
   * negatives exceeds, of which these are a sample.
   */
  public Interval thresholdInterval(double share) {
    int n = negatives.length;
    if (n == 0) {
      return new Interval(0, 1, Proportions.LEVEL, "order-statistics");
    }
    BinomialDistribution above = BinomialDistribution.of(n, share);
    double tail = (1 - Proportions.LEVEL) / 2;
    int fewest = above.inverseCumulativeProbability(tail);
    int most = above.inverseCumulativeProbability(1 - tail);
    double low = negatives[Math.max(0, n - 1 - Math.min(n - 1, most))];
    double high = fewest == 0 ? 1 : negatives[n - fewest];
    return new Interval(low, Math.max(low, high), Proportions.LEVEL, "order-statistics");
  }

  /** How many positives reach a threshold. */
  public int found(double threshold) {
    return positives.length - below(positives, threshold);
  }

  /** How many negatives reach a threshold. */
  public int falseAlarms(double threshold) {
    return negatives.length - below(negatives, threshold);
  }

  private static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int notAbove(double[] sorted, double value) {
    return below(sorted, Math.nextUp(value));
  }
}
