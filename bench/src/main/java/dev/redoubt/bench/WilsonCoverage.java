package dev.redoubt.bench;

import dev.redoubt.core.Interval;
import dev.redoubt.runtime.stats.Proportions;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Coverage of Wilson's interval over all rates p in (0, 1), exactly.
 *
 * <p>Between two neighbouring interval ends the covered outcomes are the same, a to b, and the
 * probability of a to b has no minimum inside as a function of p. So the least coverage is
 * approached at one of the ends, from one side or the other, and can be found without a grid. The
 * mean over p is a sum of incomplete beta functions.
 */
final class WilsonCoverage {
  private static final int LEAST_TRIALS = 10;
  private static final int MOST_TRIALS = 100;
  private static final double LEAST_MINIMUM = 0.83;
  private static final double LEAST_MEAN = 0.94;
  private static final double MOST_MEAN = 0.96;
  private static final int GRID = 1_000;
  private static final int COLUMNS = 100;
  private static final double PLOT_TOP = 1.0;
  private static final double PLOT_STEP = 0.01;
  private static final int PLOT_LINES = 19;

  private WilsonCoverage() {}

  static void measure(CoverageRows rows, Path csv) throws IOException {
    rows.heading("Wilson, fixed number of trials, exact for all p in (0, 1)");
    rows.line("  trials   mean over p   least   approached at p");
    var curves = new ArrayList<Curve>();
    for (int n = LEAST_TRIALS; n <= MOST_TRIALS; n++) {
      Curve curve = Curve.of(n);
      curves.add(curve);
      if (n % 10 == 0) {
        rows.line(
            String.format(
                Locale.ROOT,
                "  %6d   %11.4f  %.4f   %.4f",
                n,
                curve.mean,
                curve.least,
                curve.leastAt));
      }
    }
    plot(rows, curves.getFirst());
    plot(rows, curves.getLast());
    write(csv, curves);
    rows.line("  every number of trials from 10 to 100: " + csv);
    rows.within(
        "mean over p, of 10 to 100 trials",
        curves.stream().mapToDouble(Curve::mean).min().orElseThrow(),
        curves.stream().mapToDouble(Curve::mean).max().orElseThrow(),
        LEAST_MEAN,
        MOST_MEAN);
    rows.atLeast(
        "least over p in (0, 1), of 10 to 100 trials",
        curves.stream().mapToDouble(Curve::least).min().orElseThrow(),
        LEAST_MINIMUM);
  }

  /**
   * Coverage as a function of the rate.
   *
   * @param ends interval of each number of successes
   * @param mean over all rates
   * @param least greatest lower bound over all rates
   * @param leastAt where it is approached
   */
  private record Curve(List<Interval> ends, double mean, double least, double leastAt) {
    static Curve of(int n) {
      var ends = new ArrayList<Interval>();
      double mean = 0;
      for (int k = 0; k <= n; k++) {
        Interval interval = Proportions.wilson(k, n);
        ends.add(interval);
        mean +=
            (RegularizedBeta.value(interval.high(), k + 1.0, n - k + 1.0)
                    - RegularizedBeta.value(interval.low(), k + 1.0, n - k + 1.0))
                / (n + 1);
      }
      double[] cuts =
          ends.stream()
              .flatMapToDouble(i -> DoubleStream.of(i.low(), i.high()))
              .sorted()
              .distinct()
              .toArray();
      double least = 1;
      double leastAt = 0;
      for (int i = 1; i < cuts.length; i++) {
        double inside = (cuts[i - 1] + cuts[i]) / 2;
        for (double p : new double[] {cuts[i - 1], cuts[i]}) {
          double coverage = coverage(ends, inside, p);
          if (coverage < least) {
            least = coverage;
            leastAt = p;
          }
        }
      }
      return new Curve(ends, mean, least, leastAt);
    }

    double at(double p) {
      return coverage(ends, p, p);
    }

    /** Probability under {@code p} of the outcomes whose interval holds {@code inside}. */
    private static double coverage(List<Interval> ends, double inside, double p) {
      double[] probabilities = Binomials.all(ends.size() - 1, p);
      double sum = 0;
      for (int k = 0; k < probabilities.length; k++) {
        sum += ends.get(k).contains(inside) ? probabilities[k] : 0;
      }
      return sum;
    }
  }

  private static void plot(CoverageRows rows, Curve curve) {
    var lines = new ArrayList<StringBuilder>();
    for (int i = 0; i < PLOT_LINES; i++) {
      lines.add(new StringBuilder(" ".repeat(COLUMNS)));
    }
    int each = GRID / COLUMNS;
    for (int column = 0; column < COLUMNS; column++) {
      int top = PLOT_LINES - 1;
      int bottom = 0;
      for (int i = 0; i < each; i++) {
        double coverage = curve.at((column * each + i + 0.5) / GRID);
        int line = (int) Math.round((PLOT_TOP - coverage) / PLOT_STEP);
        line = Math.clamp(line, 0, PLOT_LINES - 1);
        top = Math.min(top, line);
        bottom = Math.max(bottom, line);
      }
      for (int line = top; line <= bottom; line++) {
        lines.get(line).setCharAt(column, '#');
      }
    }
    rows.line("");
    rows.line("  coverage of " + (curve.ends.size() - 1) + " trials over p");
    for (int i = 0; i < PLOT_LINES; i++) {
      rows.line(
          String.format(Locale.ROOT, "  %.2f |%s", PLOT_TOP - i * PLOT_STEP, lines.get(i))
              .stripTrailing());
    }
    rows.line("       0" + " ".repeat(COLUMNS / 2 - 2) + "0.5" + " ".repeat(COLUMNS / 2 - 2) + "1");
  }

  private static void write(Path csv, List<Curve> curves) throws IOException {
    Path folder = csv.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (Writer out = Files.newBufferedWriter(csv)) {
      out.write("trials,p,coverage\n");
      for (Curve curve : curves) {
        for (int i = 1; i < GRID; i++) {
          double p = (double) i / GRID;
          out.write(
              String.format(Locale.ROOT, "%d,%.3f,%.6f\n", curve.ends.size() - 1, p, curve.at(p)));
        }
      }
    }
  }
}
