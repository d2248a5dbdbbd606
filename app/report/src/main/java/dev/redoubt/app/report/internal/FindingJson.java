package dev.redoubt.app.report.internal;

import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a finding with its evidence. */
final class FindingJson {
  private FindingJson() {}

  static void write(Finding finding, ObjectNode node) {
    node.put("ruleId", finding.ruleId())
        .put("title", finding.title())
        .put("severity", finding.severity().word())
        .put("confidence", finding.confidence().name().toLowerCase(Locale.ROOT))
        .put("component", finding.component());
    SystemJson.location(finding.location(), node.putObject("location"));
    node.put("summary", finding.summary());
    ArrayNode evidence = node.putArray("evidence");
    finding.evidence().forEach(e -> evidence(e, evidence.addObject()));
    ArrayNode references = node.putArray("references");
    finding
        .references()
        .forEach(r -> {
          ObjectNode entry = references.addObject();
          entry.put("framework", r.framework()).put("id", r.id());
          References.title(r).ifPresent(t -> entry.put("title", t));
        });
    node.put("remedy", finding.remedy()).put("fingerprint", finding.fingerprint());
  }

  private static void evidence(Evidence evidence, ObjectNode node) {
    node.put("type", type(evidence)).put("caption", evidence.caption());
    switch (evidence) {
      case Evidence.Transcript t -> {
        node.put("attemptId", t.attemptId());
        ArrayNode turns = node.putArray("turns");
        t.turns().forEach(u -> turns.addObject().put("role", u.role()).put("text", u.text()));
      }
      case Evidence.Excerpt x -> {
        SystemJson.location(x.location(), node.putObject("location"));
        node.put("text", x.text());
      }
      case Evidence.Rate r -> {
        node.put("successes", r.successes()).put("trials", r.trials()).put("seed", r.seed());
        Numbers.interval(r.interval(), node.putObject("interval"));
      }
      case Evidence.Quantity q -> {
        node.put("value", q.value()).put("unit", q.unit()).put("seed", q.seed());
        Numbers.interval(q.interval(), node.putObject("interval"));
      }
      case Evidence.Curve c -> {
        node.put("xLabel", c.xLabel()).put("yLabel", c.yLabel()).put("seed", c.seed());
        Numbers.points(c.points(), node.putArray("points"));
      }
      case Evidence.Digest d -> node.put("algorithm", d.algorithm()).put("hex", d.hex());
      case Evidence.Picture p -> node.put("mediaType", p.mediaType()).put("base64", p.base64());
    }
  }

  private static String type(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Transcript t -> "transcript";
      case Evidence.Excerpt x -> "excerpt";
      case Evidence.Rate r -> "rate";
      case Evidence.Quantity q -> "quantity";
      case Evidence.Curve c -> "curve";
      case Evidence.Digest d -> "digest";
      case Evidence.Picture p -> "picture";
    };
  }
}
