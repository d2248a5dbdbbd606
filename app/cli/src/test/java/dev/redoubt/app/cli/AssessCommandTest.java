package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.StubEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AssessCommandTest {
  private static final String SECRET = "kx7-Wq2Lm9Zr4Tb8";
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("redoubt.yaml");
  }

  private Cli assess(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "assess",
                file.toString(),
                "--seed",
                "7",
                "--out",
                folder.resolve("report").toString()));
    args.addAll(List.of(more));
    return Cli.run(folder, args.toArray(String[]::new));
  }

  private void describe(String... components) throws Exception {
    Files.writeString(
        file, "redoubt: 1\nname: Shop\ncomponents:\n" + String.join("\n", components) + "\n");
  }

  private static String endpoint(String name, String url, String truth) {
    return "  - {name: %s, type: endpoint, url: \"%s\", groundTruth: {%s}}"
        .formatted(name, url, truth);
  }

  private static String facts() {
    return "facts: [{name: KEY, value: " + SECRET + "}]";
  }

  private JsonNode json() throws Exception {
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("report/assessment.json")));
  }

  @Test
  void whatNobodyCanAssessIsListed() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().reply("It is " + SECRET).start()) {
      describe(
          endpoint("bot", stub.baseUrl().toString(), facts()),
          "  - {name: weights, type: model, path: gone.gguf}");
      Cli run = assess();
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out())
          .contains("not tested: weights, model", "not tested: bot, planted-order");
      JsonNode finding = json().path("findings").get(0);
      assertThat(finding.path("location").path("file").asString()).isEqualTo("redoubt.yaml");
      assertThat(finding.path("location").path("line").asInt()).isEqualTo(4);
    }
  }

  @Test
  void everyComponentIsCheckedBeforeTheFirstIsCalled() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      String url = stub.baseUrl().toString();
      describe(
          endpoint("one", url, facts()),
          endpoint("two", url, "factsFile: none.txt"),
          endpoint("three", url, "documentsFile: none.jsonl"));
      Cli run = assess();
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("none.txt", "none.jsonl").hasLineCount(2);
      assertThat(run.out()).doesNotContain("run: ");
      assertThat(stub.calls()).isZero();
    }
  }

  @Test
  void oneThatIsNotThereDoesNotCostTheOther() throws Exception {
    String gone;
    try (StubEndpoint stub = StubEndpoint.builder().start()) {
      gone = stub.baseUrl().toString();
    }
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      describe(
          endpoint("gone", gone, facts()), endpoint("bot", stub.baseUrl().toString(), facts()));
      Cli run = assess();
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.err().lines().filter(l -> l.startsWith("redoubt: ")))
          .singleElement()
          .asString()
          .contains("no call to gone worked");
      assertThat(json().path("execution").path("successful").asBoolean()).isFalse();
      assertThat(run.out()).contains("secret-leak          0 of 15 succeeded");
    }
  }

  @Test
  void aCutRunOfSeveralEndpointsIsResumed() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      String url = stub.baseUrl().toString();
      describe(endpoint("one", url, facts()), endpoint("two", url, facts()));
      Cli run = assess();
      Path tape =
          folder.resolve(".redoubt/runs").resolve(run.out().substring(5, 25)).resolve("tape.jsonl");
      List<String> lines = Files.readAllLines(tape);
      int before = stub.calls();
      Files.write(tape, lines.subList(0, 12));
      long taped = lines.subList(0, 12).stream().filter(l -> l.contains("\"exchange\"")).count();
      Path out = folder.resolve("resumed.json");
      Cli resumed = Cli.run(folder, "attack", "resume", "last", "--json", out.toString());
      assertThat(resumed.out()).contains("one/secret-leak", "two/secret-leak");
      assertThat(stub.calls()).isEqualTo(2 * before - (int) taped);
      assertThat(JsonMapper.shared().readTree(Files.readString(out)).path("attempts"))
          .isEqualTo(json().path("attempts"));
    }
  }

  @Test
  void aBudgetOfNothingIsNoVerdict() throws Exception {
    try (var stub = StubEndpoint.builder().reply("no").start()) {
      describe(endpoint("bot", stub.baseUrl().toString(), facts()));
      Cli run = assess("--max-calls", "0");
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.out()).contains("left out to stay within 0 calls");
      assertThat(stub.calls()).isZero();
    }
  }

  @Test
  void wrongNumbersAreWrongUsage() throws Exception {
    describe(endpoint("bot", "http://127.0.0.1:1/v1", facts()));
    Cli run = assess("--max-calls", "-1");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("redoubt: --max-calls").hasLineCount(1);
  }
}
