package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Tally;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Interval;
import dev.redoubt.runtime.stats.Reproduction;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes counts, intervals and curves into JSON. */
final class Numbers {
  private Numbers() {}

  static void tally(Tally tally, ObjectNode node) {
    node.put("successes", tally.successes())
        .put("trials", tally.trials())
        .put("planned", tally.planned())
        .put("unassessed", tally.unassessed())
        .put("duplicates", tally.duplicates());
    interval(tally.interval(), node.putObject("interval"));
  }

  static void reproduction(Reproduction spread, ObjectNode node) {
    node.put("number", spread.number())
        .put("unit", "mailboxes per infected mailbox")
        .put("population", spread.population())
        .put("outbreaks", spread.outbreaks())
        .put("mailboxes", spread.mailboxes());
    interval(spread.interval(), node.putObject("interval"));
  }

  static void interval(Interval interval, ObjectNode node) {
    node.put("low", interval.low())
        .put("high", interval.high())
        .put("level", interval.level())
        .put("method", interval.method());
  }

  /** Writes points as pairs of x and y. */
  static void points(List<Evidence.Point> points, ArrayNode node) {
    points.forEach(p -> node.addArray().add(p.x()).add(p.y()));
  }
}
