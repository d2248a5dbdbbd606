package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Tally;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what the demo showed. A pass that was not reached is an empty object, never zeros. */
final class DemoJson {
  private DemoJson() {}

  static void write(Demo demo, ObjectNode node) {
    node.put("passed", demo.failures().isEmpty()).put("quick", demo.quick());
    ArrayNode failures = node.putArray("failures");
    demo.failures().forEach(failures::add);
    pass(demo, Demo.Objective::before, node.putObject("before"));
    pass(demo, Demo.Objective::after, node.putObject("after"));
    pass(demo, Demo.Objective::newWordings, node.putObject("newWordings"));
    if (demo.pooled() != null) {
      pooled(demo.pooled(), node.putObject("pooled"));
    }
    if (demo.ordinary() != null) {
      ObjectNode ordinary = node.putObject("ordinary");
      side(demo.ordinary().before(), ordinary.putObject("before"));
      side(demo.ordinary().after(), ordinary.putObject("after"));
    }
    ArrayNode objectives = node.putArray("objectives");
    demo.objectives()
        .forEach(o ->
            objectives
                .addObject()
                .put("id", o.id())
                .put("title", o.title())
                .put("effect", o.effect()));
    ArrayNode curves = node.putArray("curves");
    demo.curves().forEach(c -> curve(c, curves.addObject()));
    if (demo.guard() != null) {
      guard(demo.guard(), node.putObject("guard"));
    }
  }

  private static void pass(
      Demo demo, Function<Demo.Objective, @Nullable Tally> pass, ObjectNode node) {
    for (Demo.Objective objective : demo.objectives()) {
      Tally tally = pass.apply(objective);
      if (tally != null) {
        Numbers.tally(tally, node.putObject(objective.id()));
      }
    }
  }

  private static void pooled(Demo.Difference pooled, ObjectNode node) {
    Numbers.tally(pooled.before(), node.putObject("before"));
    Numbers.tally(pooled.after(), node.putObject("after"));
    if (!Double.isNaN(pooled.fall())) {
      node.put("fall", pooled.fall());
    }
    Numbers.interval(pooled.interval(), node.putObject("interval"));
    if (pooled.pValue() != null) {
      node.put("pValue", pooled.pValue());
    }
  }

  private static void side(List<Demo.Question> questions, ObjectNode node) {
    node.put("right", Demo.Ordinary.right(questions)).put("n", questions.size());
    ArrayNode entries = node.putArray("questions");
    for (Demo.Question question : questions) {
      entries
          .addObject()
          .put("id", question.id())
          .put("question", question.question())
          .put("needs", question.needs())
          .put("expected", question.expected())
          .put("answer", question.answer())
          .put("right", question.right())
          .put("note", question.note());
    }
  }

  private static void curve(Demo.BulkCurve curve, ObjectNode node) {
    node.put("pass", curve.pass())
        .put("what", curve.what())
        .put("total", curve.total())
        .put("caption", curve.curve().caption())
        .put("xLabel", curve.curve().xLabel())
        .put("yLabel", curve.curve().yLabel());
    Numbers.points(curve.curve().points(), node.putArray("points"));
  }

  private static void guard(Demo.GuardChange guard, ObjectNode node) {
    node.put("policy", guard.policy()).put("diff", guard.diff());
    ArrayNode rules = node.putArray("rules");
    for (Demo.Rule rule : guard.rules()) {
      rules
          .addObject()
          .put("id", rule.id())
          .put("text", rule.text())
          .put("findingFingerprint", rule.findingFingerprint())
          .put("why", rule.why());
    }
    Demo.CodeChange change = guard.codeChange();
    if (change != null) {
      node.putObject("codeChange")
          .put("file", change.file())
          .put("before", change.before())
          .put("after", change.after())
          .put("why", change.why());
    }
  }
}
