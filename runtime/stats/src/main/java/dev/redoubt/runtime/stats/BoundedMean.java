package dev.redoubt.runtime.stats;

import dev.redoubt.core.Interval;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Confidence interval of a mean of counts that have a known ceiling, such as the reproduction
 * number of a worm: how many of the other mailboxes one infected mailbox infects, at most the
 * population less one.
 *
 * <p>Nothing is taken for granted about how the counts scatter, since a worm gives reason to doubt
 * each usual assumption. One that writes to everybody, or fails, yields all or nothing: the Poisson
 * (Garwood) interval at 95 % then covers the mean in a third of the runs only ({@code ./redoubt
 * bench coverage}), and a bootstrap of nothing but zeros is the single point 0. The price is width,
 * and coverage above the level; more infected cases buy it back.
 *
 * <p>Method: the means m that a gambler who bets on counts above and below m cannot refute with a
 * gain of 1 / (1 - level). One share of the stake goes on "high", at the odds x / m, the rest on
 * "low", at (1 - x) / (1 - m); the gain is averaged over shares spread by the arcsine law. It is a
 * martingale under the true mean, so the interval is valid for every number of cases, also when the
 * cases are watched and stopped early. With counts of 0 and 1 it is {@link ConfidenceSequence}.
 * Sources: F. Orabona, K.-S. Jun, IEEE Trans. Inf. Theory 70 (2024) 436-455 (the portfolio); I.
 * Waudby-Smith, A. Ramdas, J. R. Stat. Soc. B 86 (2024) 1-27 (betting).
 *
 * <p>It does take for granted that each count has the same mean, given those before: count in
 * populations that are still whole, not where half of the mailboxes were infected already.
 *
 * @since 0.1.0
 */
public final class BoundedMean {
  /** Name of the method in an {@link Interval}. */
  public static final String METHOD = "betting";

  /** Any fixed set of shares is valid; this many are exact for 0 and 1 up to 127 cases. */
  private static final int SHARES = 64;

  /** Halvings of [0, 1]: ends are exact to 1e-12 of the ceiling. */
  private static final int HALVINGS = 40;

  private static final double[] SHARE =
      IntStream.range(0, SHARES)
          .mapToDouble(i -> (1 + Math.cos((2 * i + 1) * Math.PI / (2 * SHARES))) / 2)
          .toArray();

  private BoundedMean() {}

  /**
   * Gives the interval of the mean.
   *
   * @param counts what each case came to, each in [0, most], in any order; with none the interval
   *     is all of [0, most]
   * @param most the ceiling of a single count, at least 1, known beforehand
   * @param level confidence level
   */
  public static Interval interval(int[] counts, int most, double level) {
    if (most < 1) {
      throw new IllegalArgumentException("ceiling of the counts must be at least 1, not " + most);
    }
    for (int count : counts) {
      if (count < 0 || count > most) {
        throw new IllegalArgumentException(
            "count " + count + " lies outside of 0 to " + most + ", its ceiling");
      }
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("confidence level must lie in (0, 1), not " + level);
    }
    if (counts.length == 0) {
      return new Interval(0, most, level, METHOD);
    }
    Bets bets = Bets.on(counts, most);
    double enough = -Math.log1p(-level);
    // The gain is log-convex in the mean and at most 1 at the observed one: one end on each side.
    double mean = Arrays.stream(counts).average().orElseThrow() / most;
    double low = mean > 0 ? end(bets, 0, mean, enough) : 0;
    double high = mean < 1 ? end(bets, 1, mean, enough) : 1;
    return new Interval(low * most, high * most, level, METHOD);
  }

  /** Gives the interval of the mean at {@link Proportions#LEVEL}. */
  public static Interval interval(int[] counts, int most) {
    return interval(counts, most, Proportions.LEVEL);
  }

  /** Halves the way between a refuted mean and one that stands; gives the refuted, wider one. */
  private static double end(Bets bets, double refuted, double stands, double enough) {
    double out = refuted;
    double in = stands;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (out + in) / 2;
      if (bets.logGain(middle) < enough) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return out;
  }

  /**
   * The distinct counts as parts of the ceiling, and how often each was seen.
   *
   * @param part distinct counts over the ceiling
   * @param times cases of each
   */
  @SuppressWarnings("ArrayRecordComponent") // stays in this class, never compared
  private record Bets(double[] part, long[] times) {
    static Bets on(int[] counts, int most) {
      int[] distinct = Arrays.stream(counts).distinct().sorted().toArray();
      double[] part = Arrays.stream(distinct).mapToDouble(x -> (double) x / most).toArray();
      long[] times =
          Arrays.stream(distinct)
              .mapToLong(x -> Arrays.stream(counts).filter(y -> y == x).count())
              .toArray();
      return new Bets(part, times);
    }

    /** Logarithm of the gain against the mean {@code m}, strictly between 0 and 1. */
    double logGain(double m) {
      double[] log = new double[SHARES];
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < SHARES; i++) {
        for (int k = 0; k < part.length; k++) {
          log[i] +=
              times[k]
                  * Math.log(SHARE[i] * part[k] / m + (1 - SHARE[i]) * (1 - part[k]) / (1 - m));
        }
        greatest = Math.max(greatest, log[i]);
      }
      double sum = 0;
      for (double one : log) {
        sum += Math.exp(one - greatest);
      }
      return greatest + Math.log(sum / SHARES);
    }
  }
}
