package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.redoubt.app.report.Report;
import dev.redoubt.core.Confidence;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Location;
import dev.redoubt.core.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifReporterTest {
  private static String text(Report report) throws IOException {
    return Written.by(new SarifReporter(), report);
  }

  private static JsonNode run(Report report) throws IOException {
    return JsonMapper.shared().readTree(text(report)).at("/runs/0");
  }

  @Test
  void isValidByTheSchemaOfTheStandard() throws IOException {
    String shared = System.getenv().getOrDefault("REDOUBT_SHARED", "../../../shared");
    Path file = Path.of(shared, "data/frameworks/schemas/sarif/sarif-schema-2.1.0.json");
    assumeTrue(Files.exists(file), "the reference data is not beside the checkout");
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
            .getSchema(Files.readString(file), InputFormat.JSON);
    for (Report report : Written.samples()) {
      assertThat(schema.validate(text(report), InputFormat.JSON)).isEmpty();
    }
    assertThat(schema.validate("{\"version\": \"2.0\"}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void namesTheToolWithItsVersionAndAddress() throws IOException {
    JsonNode driver = run(SampleReports.demo()).at("/tool/driver");
    assertThat(driver.path("name").asString()).isEqualTo("Redoubt");
    assertThat(driver.path("version").asString()).isEqualTo("0.1.0-SNAPSHOT");
    assertThat(driver.path("informationUri").asString()).startsWith("https://");
  }

  @Test
  void givesEveryResultALineAFingerprintAndARuleWithHelp() throws IOException {
    JsonNode run = run(SampleReports.demo());
    assertThat(run.path("results").size()).isEqualTo(5);
    for (JsonNode result : run.path("results")) {
      JsonNode place = result.at("/locations/0/physicalLocation");
      assertThat(place.at("/artifactLocation/uri").asString()).isEqualTo("redoubt.yaml");
      assertThat(place.at("/region/startLine").asInt()).isEqualTo(7);
      assertThat(result.at("/partialFingerprints/redoubtFinding~1v1").asString()).hasSize(32);
      JsonNode rule = run.at("/tool/driver/rules/" + result.path("ruleIndex").asInt());
      assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
      assertThat(rule.at("/help/text").asString()).contains("LLM02:2026, Sensitive");
    }
  }

  @Test
  void pointsEveryReferenceIntoItsTaxonomyWithTitle() throws IOException {
    JsonNode run = run(SampleReports.demo());
    JsonNode taxa = run.at("/results/0/taxa");
    assertThat(taxa.size()).isEqualTo(4);
    for (JsonNode taxon : taxa) {
      JsonNode list = run.at("/taxonomies/" + taxon.at("/toolComponent/index").asInt());
      assertThat(list.path("name")).isEqualTo(taxon.at("/toolComponent/name"));
      JsonNode entry = list.at("/taxa/" + taxon.path("index").asInt());
      assertThat(entry.path("id")).isEqualTo(taxon.path("id"));
      assertThat(entry.at("/shortDescription/text").asString()).isNotBlank();
    }
  }

  @Test
  void saysWhenTheRunDidNotGoToItsEndAndWhatWasNotTested() throws IOException {
    JsonNode invocation = run(SampleReports.crashed()).at("/invocations/0");
    assertThat(invocation.path("executionSuccessful").asBoolean(true)).isFalse();
    JsonNode notes = invocation.path("toolExecutionNotifications");
    assertThat(notes.at("/0/level").asString()).isEqualTo("error");
    assertThat(notes.at("/1/message/text").asString()).startsWith("Not tested: datastore");
    assertThat(run(SampleReports.demo()).at("/invocations/0/executionSuccessful").asBoolean())
        .isTrue();
  }

  @Test
  void holdsNoTimeAndNoRunId() throws IOException {
    assertThat(text(SampleReports.demo(Instant.EPOCH, "run-one", false, List.of())))
        .isEqualTo(text(SampleReports.demo(Instant.MAX.minusSeconds(9), "two", false, List.of())));
  }

  @Test
  void encodesOddFileNames() throws IOException {
    Finding finding =
        new Finding(
            "attack.chat.x",
            "Title",
            Severity.LOW,
            Confidence.FIRM,
            "assistant",
            new Location("my prompts/a#1 ä.txt", 3),
            "Summary",
            List.of(new Evidence.Digest("file", "SHA-256", "00")),
            List.of(),
            "Remedy",
            "f".repeat(32));
    Report report =
        new Report(
            SampleReports.assessment(Instant.EPOCH, "run", List.of(finding)), List.of(), null);
    JsonNode result = run(report).at("/results/0");
    assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString())
        .isEqualTo("my%20prompts/a%231%20%C3%A4.txt");
    assertThat(result.path("level").asString()).isEqualTo("note");
  }
}
