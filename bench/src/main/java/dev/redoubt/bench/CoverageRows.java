package dev.redoubt.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures beside their limits, and remembers whether one was missed. */
final class CoverageRows {
  private final PrintStream out;
  private boolean reached = true;

  CoverageRows(PrintStream out) {
    this.out = out;
  }

  void heading(String text) {
    out.printf("%n%s%n", text);
  }

  void line(String text) {
    out.println(text);
  }

  void atLeast(String what, double value, double least) {
    row(what, value, String.format(Locale.ROOT, "at least %.2f", least), value >= least);
  }

  void within(String what, double low, double high, double least, double most) {
    boolean good = low >= least && high <= most;
    String limit = String.format(Locale.ROOT, "%.2f to %.2f", least, most);
    row(what + ", lowest", low, limit, good);
    row(what + ", highest", high, limit, good);
  }

  /** A figure without a limit, for comparison. */
  void figure(String what, double value) {
    out.printf(Locale.ROOT, "  %-72s %7.4f   no limit%n", what, value);
  }

  private void row(String what, double value, String limit, boolean good) {
    reached &= good;
    out.printf(
        Locale.ROOT,
        "  %-72s %7.4f   %-13s  %s%n",
        what,
        value,
        limit,
        good ? "reached" : "MISSED");
  }

  boolean allReached() {
    return reached;
  }
}
