package dev.redoubt.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * How often the intervals that Redoubt prints cover what they should, at the level of 95 %: by
 * exact enumeration of all outcomes where there are few enough, else by simulation from a fixed
 * seed, so that each run prints the same figures. The curve of Wilson's interval is printed, and
 * written in full as CSV.
 */
public final class CoverageBench {
  private CoverageBench() {}

  /**
   * Measures, prints and ends the process: 0 when all is reached, 1 when something is missed.
   *
   * @param arguments the file for Wilson's curve, {@code target/wilson-coverage.csv} when absent
   */
  public static void main(String[] arguments) throws IOException {
    Path csv =
        arguments.length > 0
            ? Path.of(arguments[0])
            : Path.of(System.getProperty("redoubt.home", "."), "target", "wilson-coverage.csv");
    System.exit(run(System.out, csv) ? 0 : 1);
  }

  private static boolean run(PrintStream out, Path csv) throws IOException {
    var rows = new CoverageRows(out);
    WilsonCoverage.measure(rows, csv);
    StoppingCoverage.measure(rows);
    PairedCoverage.measure(rows);
    JudgeCoverage.measure(rows);
    MeanCoverage.measure(rows);
    return rows.allReached();
  }
}
