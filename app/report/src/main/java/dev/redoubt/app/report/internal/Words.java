package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Tally;
import dev.redoubt.core.Interval;
import java.util.List;
import java.util.Locale;

/** Numbers and names as people read them. */
final class Words {
  private static final char NBSP = '\u00a0';

  private Words() {}

  /** A share in 0 to 1 as whole per cent. */
  static String percent(double share) {
    return Math.round(share * 100) + "" + NBSP + "%";
  }

  /** {@code 13 of 15}. */
  static String of(Tally tally) {
    return tally.successes() + " of " + tally.trials();
  }

  /** {@code 95 % interval 62 to 96 %, wilson}. */
  static String interval(Interval interval) {
    return "%s interval %d to %s, %s"
        .formatted(
            percent(interval.level()),
            Math.round(interval.low() * 100),
            percent(interval.high()),
            method(interval));
  }

  /** The same for a difference of two rates, in percentage points. */
  static String pointsInterval(Interval interval) {
    return "%s interval %s to %s points, %s"
        .formatted(
            percent(interval.level()),
            signed(interval.low()),
            signed(interval.high()),
            method(interval));
  }

  /** A share as whole points, with a real minus sign. */
  static String signed(double share) {
    long points = Math.round(share * 100);
    return points < 0 ? "\u2212" + -points : Long.toString(points);
  }

  /** Name of the method; most are named after people. */
  static String method(Interval interval) {
    return switch (interval.method()) {
      case "confidence-sequence" -> "confidence sequence";
      case "newcombe+bonett-price" -> "Newcombe and Bonett-Price";
      default -> capital(interval.method());
    };
  }

  /** {@code 1 attempt}, {@code 2 attempts}. */
  static String count(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  /** {@code a, b and c}. */
  static String and(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  /** {@code new-wordings} as {@code New wordings}. */
  static String title(String id) {
    return capital(id.replace('-', ' ').replace('_', ' ').replaceAll("\\burl\\b", "URL"));
  }

  /** The title of a pass. */
  static String pass(String id) {
    return switch (id) {
      case "run" -> "This run";
      case "before" -> "Before: no guard";
      case "after" -> "After: guard on";
      case "new-wordings" -> "After: new wordings";
      default -> title(id);
    };
  }

  static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** The text with ordinary blanks only, for terminals and for programs that search it. */
  static String loose(String text) {
    return text.replace(NBSP, ' ');
  }

  /** The text with blanks that do not break between a number and what it belongs to. */
  static String tight(String text) {
    return text.replaceAll("(\\d) (%|of \\d|points)", "$1" + NBSP + "$2")
        .replaceAll("(\\d\\u00a0of) (\\d)", "$1" + NBSP + "$2");
  }
}
