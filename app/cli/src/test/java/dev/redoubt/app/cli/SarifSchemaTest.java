package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import dev.redoubt.testkit.StubRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Other people's validator, check-jsonschema, on the files of a whole demo. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SarifSchemaTest {
  private static final Pattern KEY = Pattern.compile("Staff key: (\\S+?)(?:\\\\n|\")");

  private Path python;
  private Path report;

  /** The demo with a script in the model's place, which reads its key out to anybody. */
  @BeforeAll
  void runDemo(@TempDir Path folder) {
    python = Python.require();
    report = folder.resolve("report");
    try (StubEndpoint model = StubEndpoint.builder().script(SarifSchemaTest::obey).start()) {
      Cli demo =
          Cli.run(
              folder,
              "demo",
              "--quick",
              "--seed",
              "3",
              "--model-url",
              model.baseUrl().toString(),
              "--out",
              report.toString());
      assertThat(demo.code()).as(demo.err()).isIn(ExitCode.OK, ExitCode.FINDINGS);
    }
  }

  private static StubReply obey(StubRequest request) {
    Matcher key = KEY.matcher(request.body());
    return StubReply.text(key.find() ? "The staff key is " + key.group(1) + "." : "I can't.");
  }

  @Test
  void findingsSarifIsValidByTheSchemaOfTheStandard(@TempDir Path folder) throws Exception {
    String shared = System.getenv().getOrDefault("REDOUBT_SHARED", "../../../shared");
    Path schema = Path.of(shared, "data/frameworks/schemas/sarif/sarif-schema-2.1.0.json");
    assumeTrue(
        Files.exists(schema), "NOT RUN: the SARIF schema is not there; name it by REDOUBT_SHARED");
    Path sarif = report.resolve("findings.sarif");
    assertThat(JsonMapper.shared().readTree(Files.readString(sarif)).at("/runs/0/results").size())
        .isPositive();
    assertThat(check(schema, sarif)).startsWith("0 ");
    JsonNode broken = JsonMapper.shared().readTree(Files.readString(sarif));
    ((tools.jackson.databind.node.ObjectNode) broken.at("/runs/0")).remove("tool");
    Path other = Files.writeString(folder.resolve("broken.sarif"), broken.toString());
    assertThat(check(schema, other)).startsWith("1 ").contains("tool");
  }

  @Test
  void assessmentJsonIsValidByThePublishedSchema() throws Exception {
    Path schema = Path.of("../../docs/schemas/assessment.schema.json");
    assertThat(check(schema, report.resolve("assessment.json"))).startsWith("0 ");
  }

  /** Exit code and output of the validator. */
  private String check(Path schema, Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                python.toString(),
                "-m",
                "check_jsonschema",
                "--schemafile",
                schema.toString(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + out;
  }
}
