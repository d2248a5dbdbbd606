package dev.redoubt.bench;

import dev.redoubt.core.Interval;
import dev.redoubt.runtime.stats.BoundedMean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Coverage of the interval of a worm's reproduction number in a population of 8, simulated from a
 * seed, for worms that scatter little, much, and that hit all or nothing.
 */
final class MeanCoverage {
  private static final double LIMIT = 0.95;
  private static final int MOST = 7;
  private static final int RUNS = 2_000;
  private static final int[] CASES = {8, 20, 60};
  private static final double[] MEANS = {0.2, 0.7, 1, 2.5};

  private MeanCoverage() {}

  static void measure(CoverageRows rows) {
    rows.heading(
        "Mean of counts (reproduction number, population of 8), least of "
            + MEANS.length
            + " means and "
            + Arrays.toString(CASES)
            + " cases, simulated");
    Map<String, List<double[]>> worms = new LinkedHashMap<>();
    worms.put("each mailbox by itself (binomial)", each(m -> Binomials.all(MOST, m / MOST)));
    worms.put("overdispersed (beta-binomial)", each(MeanCoverage::scattered));
    worms.put("all or nothing", each(MeanCoverage::allOrNothing));
    worms.forEach((name, distributions) -> {
      Measured measured = measure(distributions);
      rows.atLeast(name, measured.betting, LIMIT);
      rows.figure(name + ", Garwood's Poisson interval instead", measured.garwood);
    });
  }

  private interface Worm {
    double[] distribution(double mean);
  }

  private record Measured(double betting, double garwood) {}

  private static List<double[]> each(Worm worm) {
    return Arrays.stream(MEANS).mapToObj(worm::distribution).toList();
  }

  /** The chance of each mailbox is itself drawn, from a beta law with a sum of parameters of 1. */
  private static double[] scattered(double mean) {
    double a = mean / MOST;
    double b = 1 - a;
    var distribution = new double[MOST + 1];
    for (int k = 0; k <= MOST; k++) {
      double p = 1;
      for (int i = 0; i < k; i++) {
        p *= (a + i) * (MOST - i) / (i + 1.0);
      }
      for (int i = 0; i < MOST - k; i++) {
        p *= b + i;
      }
      for (int i = 0; i < MOST; i++) {
        p /= 1 + i;
      }
      distribution[k] = p;
    }
    return distribution;
  }

  private static double[] allOrNothing(double mean) {
    var distribution = new double[MOST + 1];
    distribution[MOST] = mean / MOST;
    distribution[0] = 1 - mean / MOST;
    return distribution;
  }

  private static Measured measure(List<double[]> distributions) {
    double betting = 1;
    double garwood = 1;
    for (double[] distribution : distributions) {
      double mean = IntStream.rangeClosed(0, MOST).mapToDouble(k -> k * distribution[k]).sum();
      for (int cases : CASES) {
        var random = new SplittableRandom(20_260_102);
        Map<List<Integer>, Interval> known = new HashMap<>();
        int covered = 0;
        int poisson = 0;
        for (int run = 0; run < RUNS; run++) {
          int[] counts = draw(random, distribution, cases);
          List<Integer> key = Arrays.stream(counts).sorted().boxed().toList();
          covered +=
              known.computeIfAbsent(key, k -> BoundedMean.interval(counts, MOST)).contains(mean)
                  ? 1
                  : 0;
          poisson += garwood(Arrays.stream(counts).sum(), cases * mean) ? 1 : 0;
        }
        betting = Math.min(betting, (double) covered / RUNS);
        garwood = Math.min(garwood, (double) poisson / RUNS);
      }
    }
    return new Measured(betting, garwood);
  }

  private static int[] draw(SplittableRandom random, double[] distribution, int cases) {
    var counts = new int[cases];
    for (int i = 0; i < cases; i++) {
      double u = random.nextDouble();
      int k = 0;
      while (k < MOST && u >= distribution[k]) {
        u -= distribution[k];
        k++;
      }
      counts[i] = k;
    }
    return counts;
  }

  /** Whether neither tail of the Poisson law with this mean is as rare as 2.5 %. */
  private static boolean garwood(int sum, double mean) {
    double atMost = RegularizedGamma.Q.value(sum + 1.0, mean);
    double atLeast = sum == 0 ? 1 : RegularizedGamma.P.value(sum, mean);
    return atMost >= 0.025 && atLeast >= 0.025;
  }
}
