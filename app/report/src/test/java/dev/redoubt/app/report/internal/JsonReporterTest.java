package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.redoubt.app.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JsonReporterTest {
  private static final Path SCHEMA = Path.of("../../docs/schemas/assessment.schema.json");

  private static String text(Report report) throws IOException {
    return Written.by(new JsonReporter(), report);
  }

  private static ObjectNode json(Report report) throws IOException {
    return (ObjectNode) JsonMapper.shared().readTree(text(report));
  }

  @Test
  void isValidByThePublishedSchema() throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    for (Report report : Written.samples()) {
      assertThat(schema.validate(text(report), InputFormat.JSON)).isEmpty();
    }
    // The check can fail: a key that nobody published is refused.
    ObjectNode odd = json(SampleReports.plain()).put("surprise", 1);
    assertThat(schema.validate(odd.toString(), InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void givesTheCountsOfTheDemoWhereScriptsLookForThem() throws IOException {
    JsonNode demo = json(SampleReports.demo()).path("demo");
    assertThat(demo.at("/before/secret-leak/successes").asInt()).isEqualTo(13);
    assertThat(demo.at("/before/secret-leak/trials").asInt()).isEqualTo(14);
    assertThat(demo.at("/after/internal-documents/successes").asInt()).isEqualTo(2);
    assertThat(demo.at("/newWordings/planted-order/trials").asInt()).isEqualTo(6);
    assertThat(demo.at("/ordinary/before/right").asInt()).isEqualTo(17);
    assertThat(demo.at("/ordinary/after/n").asInt()).isEqualTo(20);
  }

  @Test
  void leavesAPassThatWasNotReachedEmpty() throws IOException {
    JsonNode demo = json(SampleReports.cut()).path("demo");
    assertThat(demo.path("after").isEmpty()).isTrue();
    assertThat(demo.has("ordinary")).isFalse();
  }

  @Test
  void usesTheKeyOutcomeForAttemptsOnly() throws IOException {
    ObjectNode all = json(SampleReports.demo());
    int attempts = all.path("attempts").size();
    assertThat(attempts).isPositive();
    for (JsonNode attempt : all.path("attempts")) {
      assertThat(attempt.path("outcome").asString()).isIn("succeeded", "resisted", "unassessed");
    }
    assertThat(all.findValues("outcome")).hasSize(attempts);
  }

  @Test
  void keepsAllThatDiffersBetweenEqualRunsInOneObject() throws IOException {
    ObjectNode one = json(SampleReports.demo(Instant.EPOCH, "run-one", false, List.of()));
    ObjectNode two =
        json(SampleReports.demo(Instant.EPOCH.plusSeconds(9), "run-two", false, List.of()));
    assertThat(one.remove("run")).isNotEqualTo(two.remove("run"));
    assertThat(one.toString()).isEqualTo(two.toString());
  }

  @Test
  void holdsNoHeaderAndNoPlantedValueOfTheUser() throws IOException {
    assertThat(text(SampleReports.plain()))
        .doesNotContain(SampleReports.HEADER_VALUE)
        .doesNotContain(SampleReports.PLANTED_VALUE)
        .doesNotContain("127.0.0.1:18080");
  }

  @Test
  void keepsTranscriptsWhole() throws IOException {
    JsonNode findings = json(SampleReports.demo()).path("findings");
    assertThat(findings.get(0).at("/evidence/2/turns/2/text").asString())
        .hasSizeGreaterThan(100_000);
  }
}
