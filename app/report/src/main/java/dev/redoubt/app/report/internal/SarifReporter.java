package dev.redoubt.app.report.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Reporter;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Location;
import dev.redoubt.core.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code findings.sarif}: the findings as SARIF 2.1.0, for code-scanning views. Holds no time, so
 * that two runs that found the same are equal. What was not tested and what went wrong are
 * notifications: a view that shows no result must still not read as a clean bill.
 */
@AutoService(Reporter.class)
public final class SarifReporter implements Reporter {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  @Override
  public String id() {
    return "sarif";
  }

  @Override
  public String fileName() {
    return "findings.sarif";
  }

  @Override
  public void write(Report report, OutputStream out) throws IOException {
    ObjectNode log = JSON.createObjectNode();
    log.put("$schema", SCHEMA).put("version", "2.1.0");
    run(report, log.putArray("runs").addObject());
    out.write(JSON.writeValueAsString(log).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    out.flush();
  }

  private static void run(Report report, ObjectNode run) {
    List<Finding> findings = report.assessment().findings();
    SarifTaxonomies taxonomies = new SarifTaxonomies(findings);
    Map<String, Integer> rules = new LinkedHashMap<>();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver
        .put("name", Tool.NAME)
        .put("version", report.assessment().run().toolVersion())
        .put("informationUri", Tool.INFORMATION_URI);
    ArrayNode ruleNodes = driver.putArray("rules");
    for (Finding finding : findings) {
      if (rules.putIfAbsent(finding.ruleId(), rules.size()) == null) {
        SarifRule.write(finding, ruleNodes.addObject());
      }
    }
    taxonomies.writeSupported(driver);
    invocation(report, run.putArray("invocations").addObject());
    taxonomies.write(run);
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    for (Finding finding : findings) {
      result(finding, rules.getOrDefault(finding.ruleId(), -1), taxonomies, results.addObject());
    }
  }

  private static void invocation(Report report, ObjectNode invocation) {
    invocation
        .put("executionSuccessful", report.execution().successful())
        .put("commandLine", report.execution().command());
    ArrayNode notes = invocation.putArray("toolExecutionNotifications");
    for (String error : report.execution().errors()) {
      notification(notes.addObject(), "error", error);
    }
    for (Coverage.Gap gap : report.assessment().coverage().notTested()) {
      notification(
          notes.addObject(),
          "note",
          "Not tested: %s on %s. %s".formatted(gap.what(), gap.component(), gap.reason()));
    }
  }

  private static void notification(ObjectNode node, String level, String text) {
    node.put("level", level).putObject("message").put("text", Visible.text(text));
  }

  private static void result(
      Finding finding, int ruleIndex, SarifTaxonomies taxonomies, ObjectNode result) {
    result
        .put("ruleId", finding.ruleId())
        .put("ruleIndex", ruleIndex)
        .put("level", level(finding.severity()))
        .putObject("message")
        .put(
            "text",
            Visible.text(finding.title() + "\n\n" + finding.summary() + "\n\n" + finding.remedy()));
    ObjectNode place = result.putArray("locations").addObject();
    ObjectNode physical = place.putObject("physicalLocation");
    Location location = finding.location();
    physical.putObject("artifactLocation").put("uri", uri(location.file()));
    physical.putObject("region").put("startLine", location.line());
    place.putArray("logicalLocations").addObject().put("name", finding.component());
    result.putObject("partialFingerprints").put("redoubtFinding/v1", finding.fingerprint());
    taxonomies.writeTaxa(finding, result);
    properties(finding, result.putObject("properties"));
  }

  private static void properties(Finding finding, ObjectNode properties) {
    properties
        .put("severity", finding.severity().word())
        .put("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
    List<ObjectNode> rates = new ArrayList<>();
    for (Evidence evidence : finding.evidence()) {
      if (evidence instanceof Evidence.Rate rate) {
        ObjectNode node = JSON.createObjectNode();
        node.put("caption", rate.caption())
            .put("successes", rate.successes())
            .put("trials", rate.trials());
        Numbers.interval(rate.interval(), node.putObject("interval"));
        rates.add(node);
      }
    }
    if (!rates.isEmpty()) {
      properties.putArray("rates").addAll(rates);
    }
  }

  static String level(Severity severity) {
    return switch (severity) {
      case INFO, LOW -> "note";
      case MEDIUM -> "warning";
      case HIGH, CRITICAL -> "error";
    };
  }

  /** A relative URI reference; blanks and other odd characters of file names are encoded. */
  private static String uri(String file) {
    try {
      return new URI(null, null, file, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a path that a URI can hold: " + file, e);
    }
  }
}
