package dev.redoubt.app.report.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Reporter;
import dev.redoubt.app.report.Summary;
import dev.redoubt.core.Assessment;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Spread;
import dev.redoubt.runtime.stats.Reproduction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code assessment.json}: everything, for programs. The shape is published as {@code
 * docs/schemas/assessment.schema.json}. Keys are written by hand, field by field, so that a new
 * field of a core type (a header, a password) never reaches the file by itself.
 */
@AutoService(Reporter.class)
public final class JsonReporter implements Reporter {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Override
  public String id() {
    return "json";
  }

  @Override
  public String fileName() {
    return "assessment.json";
  }

  @Override
  public void write(Report report, OutputStream out) throws IOException {
    out.write(JSON.writeValueAsString(tree(report)).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    out.flush();
  }

  private static ObjectNode tree(Report report) {
    Assessment assessment = report.assessment();
    ObjectNode root = JSON.createObjectNode();
    root.put("schemaVersion", "1.0");
    root.putObject("tool")
        .put("name", Tool.NAME)
        .put("version", assessment.run().toolVersion())
        .put("informationUri", Tool.INFORMATION_URI);
    // All that differs between two equal runs is in here, and nowhere else.
    root.putObject("run")
        .put("id", assessment.run().id())
        .put("started", assessment.run().started().toString())
        .put("seconds", assessment.run().duration().toMillis() / 1000.0);
    execution(root.putObject("execution"), report);
    summary(root.putObject("summary"), Summary.of(report));
    SystemJson.write(assessment.system(), root.putObject("system"));
    ArrayNode findings = root.putArray("findings");
    assessment.findings().forEach(f -> FindingJson.write(f, findings.addObject()));
    ArrayNode facts = root.putArray("facts");
    assessment
        .facts()
        .forEach(f ->
            facts
                .addObject()
                .put("component", f.component())
                .put("kind", f.kind())
                .put("statement", f.statement()));
    rates(root.putArray("rates"), report);
    ArrayNode attempts = root.putArray("attempts");
    report.attempts().forEach(a -> attempt(attempts.addObject(), a));
    if (!report.twins().isEmpty()) {
      TwinJson.write(report.twins(), root.putObject("ordinary"));
    }
    coverage(root.putObject("coverage"), assessment);
    if (report.demo() != null) {
      DemoJson.write(report.demo(), root.putObject("demo"));
    }
    return root;
  }

  private static void execution(ObjectNode node, Report report) {
    node.put("successful", report.execution().successful())
        .put("command", report.execution().command())
        .put("seed", report.assessment().run().seed());
    ObjectNode versions = node.putObject("versions");
    report.execution().versions().forEach(versions::put);
    ArrayNode errors = node.putArray("errors");
    report.execution().errors().forEach(errors::add);
  }

  private static void summary(ObjectNode node, Summary summary) {
    node.put("leaked", summary.leaked())
        .put("obligations", summary.obligations())
        .put("changed", summary.changed())
        .put("stillThrough", summary.stillThrough())
        .put("next", summary.next());
  }

  private static void rates(ArrayNode rates, Report report) {
    Rates.byPassAndObjective(report.attempts())
        .forEach((group, attempts) -> {
          ObjectNode node = rates.addObject();
          node.put("pass", group.pass()).put("objective", group.objective());
          Numbers.tally(dev.redoubt.app.report.Tally.of(attempts), node);
          Reproduction.of(attempts)
              .ifPresent(spread -> Numbers.reproduction(spread, node.putObject("reproduction")));
        });
  }

  private static void attempt(ObjectNode node, Attempt attempt) {
    node.put("id", attempt.id())
        .put("pass", attempt.pass())
        .put("objective", attempt.objective())
        .put("technique", attempt.technique())
        .put("wording", attempt.wording());
    if (attempt.ownWords()) {
      node.put("ownWords", true);
    }
    node.put("repetition", attempt.repetition())
        .put("seed", attempt.seed())
        .put("outcome", attempt.outcome().word())
        .put("reason", attempt.reason());
    ArrayNode seen = node.putArray("factsSeen");
    attempt.factsSeen().forEach(seen::add);
    if (attempt.duplicateOf() != null) {
      node.put("duplicateOf", attempt.duplicateOf());
    }
    Spread spread = attempt.spread();
    if (spread != null) {
      ObjectNode out = node.putObject("spread").put("population", spread.population());
      spread.infected().forEach(out.putArray("infected")::add);
    }
    ArrayNode transcript = node.putArray("transcript");
    for (Evidence.Turn turn : attempt.transcript()) {
      transcript.addObject().put("role", turn.role()).put("text", turn.text());
    }
  }

  private static void coverage(ObjectNode node, Assessment assessment) {
    ArrayNode tested = node.putArray("tested");
    assessment
        .coverage()
        .tested()
        .forEach(i ->
            tested
                .addObject()
                .put("component", i.component())
                .put("what", i.what())
                .put("detail", i.detail()));
    ArrayNode notTested = node.putArray("notTested");
    assessment
        .coverage()
        .notTested()
        .forEach(g ->
            notTested
                .addObject()
                .put("component", g.component())
                .put("what", g.what())
                .put("reason", g.reason()));
  }
}
