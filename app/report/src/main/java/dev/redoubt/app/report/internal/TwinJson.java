package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.OverRefusal;
import dev.redoubt.core.Twin;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the ordinary questions beside the attacks into JSON. */
final class TwinJson {
  private TwinJson() {}

  static void write(List<Twin> twins, ObjectNode node) {
    counts(OverRefusal.of(twins), node);
    node.put("how", OverRefusal.HOW);
    ObjectNode byCheck = node.putObject("byCheck");
    for (Twin.Check check : Twin.Check.values()) {
      List<Twin> own = twins.stream().filter(t -> t.check() == check).toList();
      if (!own.isEmpty()) {
        counts(OverRefusal.of(own), byCheck.putObject(check.word()));
      }
    }
    ArrayNode questions = node.putArray("questions");
    twins.forEach(t -> question(t, questions.addObject()));
  }

  private static void counts(OverRefusal count, ObjectNode node) {
    node.put("refused", count.refused())
        .put("otherwise", count.otherwise())
        .put("answered", count.answered())
        .put("n", count.judged())
        .put("repeats", count.repeats())
        .put("unassessed", count.unassessed());
    count.interval().ifPresent(i -> Numbers.interval(i, node.putObject("interval")));
  }

  private static void question(Twin twin, ObjectNode node) {
    node.put("id", twin.id()).put("pass", twin.pass()).put("beside", twin.beside());
    if (twin.identity() != null) {
      node.put("identity", twin.identity());
    }
    node.put("question", twin.question())
        .put("answer", twin.answer())
        .put("check", twin.check().word())
        .put("result", twin.result().word())
        .put("reason", twin.reason());
    if (twin.duplicateOf() != null) {
      node.put("duplicateOf", twin.duplicateOf());
    }
  }
}
