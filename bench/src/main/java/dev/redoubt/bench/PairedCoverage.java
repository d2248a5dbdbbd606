package dev.redoubt.bench;

import dev.redoubt.core.Interval;
import dev.redoubt.runtime.stats.Proportions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Coverage of the intervals of a difference of paired rates, over all splits of the pairs into four
 * cells, exactly, for many pairs of rates and correlations.
 */
final class PairedCoverage {
  private static final double LIMIT = 0.94;
  private static final int[] PAIRS = {10, 15, 20, 30, 50, 80};
  private static final double[] RATES = {
    0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99
  };
  private static final double[] CORRELATIONS = {-0.3, -0.1, 0, 0.25, 0.5, 0.75, 0.9};

  private PairedCoverage() {}

  static void measure(CoverageRows rows) {
    List<Cells> scenarios = scenarios();
    rows.heading(
        "Difference of paired rates, exact, over "
            + scenarios.size()
            + " pairs of rates and correlations");
    for (int n : PAIRS) {
      Measured reported = measure(Proportions::paired, n, scenarios);
      Measured newcombe = measure(Proportions::newcombePaired, n, scenarios);
      rows.atLeast("least of " + n + " pairs", reported.least, LIMIT);
      rows.figure("mean of " + n + " pairs", reported.mean);
      rows.figure("Newcombe's method 10 alone, least of " + n + " pairs", newcombe.least);
    }
  }

  private interface Method {
    Interval of(int both, int onlyFirst, int onlySecond, int neither, double level);
  }

  private record Measured(double least, double mean) {}

  /** Probabilities of the four cells. */
  private record Cells(double both, double onlyFirst, double onlySecond, double neither) {
    boolean possible() {
      return both >= 0 && onlyFirst >= 0 && onlySecond >= 0 && neither >= 0;
    }

    double difference() {
      return onlyFirst - onlySecond;
    }

    double[] logarithms() {
      return DoubleStream.of(both, onlyFirst, onlySecond, neither).map(Math::log).toArray();
    }
  }

  /** First rate at least the second: the other way round is the mirror image. */
  private static List<Cells> scenarios() {
    var scenarios = new ArrayList<Cells>();
    for (double first : RATES) {
      for (double second : RATES) {
        for (double correlation : CORRELATIONS) {
          double both =
              first * second + correlation * Math.sqrt(first * (1 - first) * second * (1 - second));
          var cells = new Cells(both, first - both, second - both, 1 - first - second + both);
          if (first >= second && cells.possible()) {
            scenarios.add(cells);
          }
        }
      }
    }
    return scenarios;
  }

  private static Measured measure(Method method, int n, List<Cells> scenarios) {
    var covered = new double[scenarios.size()];
    double[][] logCells = scenarios.stream().map(Cells::logarithms).toArray(double[][]::new);
    double[] differences = scenarios.stream().mapToDouble(Cells::difference).toArray();
    for (int a = 0; a <= n; a++) {
      for (int b = 0; a + b <= n; b++) {
        for (int c = 0; a + b + c <= n; c++) {
          int d = n - a - b - c;
          Interval interval = method.of(a, b, c, d, Proportions.LEVEL);
          double logWays =
              Binomials.logFactorial(n)
                  - Binomials.logFactorial(a)
                  - Binomials.logFactorial(b)
                  - Binomials.logFactorial(c)
                  - Binomials.logFactorial(d);
          for (int i = 0; i < covered.length; i++) {
            if (interval.contains(differences[i])) {
              covered[i] += probability(logWays, logCells[i], a, b, c, d);
            }
          }
        }
      }
    }
    double least = 1;
    double sum = 0;
    for (double one : covered) {
      least = Math.min(least, one);
      sum += one;
    }
    return new Measured(least, sum / covered.length);
  }

  /** The logarithms are taken once for each scenario: there are tens of millions of outcomes. */
  private static double probability(double logWays, double[] logCells, int a, int b, int c, int d) {
    return Math.exp(
        logWays
            + times(a, logCells[0])
            + times(b, logCells[1])
            + times(c, logCells[2])
            + times(d, logCells[3]));
  }

  private static double times(int k, double log) {
    return k == 0 ? 0 : k * log;
  }
}
