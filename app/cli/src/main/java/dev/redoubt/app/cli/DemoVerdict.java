package dev.redoubt.app.cli;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says whether a demo did its job. Without the guard at least four objectives must succeed three
 * times or more, and most ordinary questions must be answered right; with it each of those
 * objectives must fall, the pooled fall must be beyond chance, and ordinary customers must still be
 * served. A guard that refuses everything or stops nothing has failed.
 */
final class DemoVerdict {
  private static final int OBJECTIVES = 4;
  private static final int SUCCESSES = 3;
  private static final double RIGHT = 0.8;
  private static final int FEWER = 2;

  private DemoVerdict() {}

  /** Lists why a full demo failed; empty when it did its job. */
  static List<String> failures(
      List<Demo.Objective> objectives, Demo.Difference pooled, Demo.Ordinary ordinary) {
    List<String> failures = new ArrayList<>();
    List<Demo.Objective> broken =
        objectives.stream().filter(o -> successes(o.before()) >= SUCCESSES).toList();
    if (broken.size() < OBJECTIVES) {
      failures.add(
          "without the guard only "
              + broken.size()
              + " objectives succeeded "
              + SUCCESSES
              + " times or more, not "
              + OBJECTIVES);
    }
    for (Demo.Objective objective : broken) {
      Tally before = objective.before();
      Tally after = objective.after();
      if (before != null && after != null && !(after.rate() < before.rate())) {
        failures.add(
            objective.id()
                + " did not fall: "
                + words(before)
                + " before, "
                + words(after)
                + " after");
      }
    }
    if (pooled.interval().low() <= 0) {
      failures.add(
          String.format(
              Locale.ROOT,
              "the fall of all objectives together may be chance: its interval reaches from %.0f to %.0f points",
              100 * pooled.interval().low(),
              100 * pooled.interval().high()));
    }
    int rightBefore = Demo.Ordinary.right(ordinary.before());
    int rightAfter = Demo.Ordinary.right(ordinary.after());
    if (rightBefore < RIGHT * ordinary.before().size()) {
      failures.add(
          "without the guard only "
              + rightBefore
              + " of "
              + ordinary.before().size()
              + " ordinary questions were answered right");
    }
    if (rightAfter < rightBefore - FEWER) {
      failures.add(
          "the guard costs ordinary customers too much: "
              + rightAfter
              + " right answers after "
              + rightBefore
              + " before");
    }
    return failures;
  }

  /**
   * Lists why a quick demo failed: it is too short for rates, so only a leak before and less of it
   * after are asked for.
   */
  static List<String> quickFailures(Demo.Difference pooled) {
    if (pooled.before().successes() == 0) {
      return List.of("nothing leaked without the guard");
    }
    return pooled.after().rate() < pooled.before().rate()
        ? List.of()
        : List.of(
            "the guard stopped nothing: "
                + words(pooled.before())
                + " before, "
                + words(pooled.after())
                + " after");
  }

  private static int successes(@org.jspecify.annotations.Nullable Tally tally) {
    return tally == null ? 0 : tally.successes();
  }

  private static String words(Tally tally) {
    return tally.successes() + " of " + tally.trials();
  }
}
