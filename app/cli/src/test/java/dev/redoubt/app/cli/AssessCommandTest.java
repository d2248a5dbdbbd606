package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
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
          "  - {name: rows, type: dataset, path: gone.csv}");
      Cli run = assess();
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).contains("not tested: rows, dataset", "not tested: bot, planted-order");
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

  private void describeTools(String url) throws Exception {
    Files.writeString(
        file,
        """
        redoubt: 1
        name: Ticket Desk
        purpose: Sells tickets for concerts
        components:
          - {name: bot, type: endpoint, url: "%s", groundTruth: {%s}}
          - {name: find_seats, type: tool, acts: false}
          - {name: book, type: tool, acts: true}
          - {name: hold, type: tool, acts: true}
          - {name: waive_fee, type: tool, acts: true}
        """
            .formatted(url, facts()));
  }

  /** Refuses whatever speaks of booking, attack or not. */
  private static StubEndpoint shy() {
    return StubEndpoint.builder()
        .script(r ->
            StubReply.text(
                r.body().contains("book")
                    ? "I'm sorry, but I can't help with that."
                    : "Happy to help: seat " + r.json().path("seed").asLong() + " is free."))
        .start();
  }

  @Test
  void whatIsRefusedOfOrdinaryQuestionsStandsBesideTheAttacks() throws Exception {
    try (StubEndpoint stub = shy()) {
      describeTools(stub.baseUrl().toString());
      Cli run = assess();
      assertThat(run.err()).contains("own words: ", "ordinary questions beside them");
      assertThat(run.out())
          .containsPattern("over-refusal: \\d+ of \\d+ ordinary questions refused");
      JsonNode ordinary = json().path("ordinary");
      assertThat(ordinary.path("n").asInt()).isGreaterThanOrEqualTo(10);
      assertThat(ordinary.path("refused").asInt()).isBetween(1, ordinary.path("n").asInt() - 1);
      assertThat(ordinary.path("interval").path("low").asDouble()).isPositive();
      for (JsonNode question : ordinary.path("questions")) {
        assertThat(question.path("result").asString())
            .as(question.toString())
            .isEqualTo(
                question.path("question").asString().contains("book") ? "refused" : "answered");
      }
      assertThat(json().path("attempts")).anyMatch(a -> a.path("ownWords").asBoolean(false));
      assertThat(Files.readString(folder.resolve("report/index.html")))
          .contains("Ordinary questions beside the attacks");

      Path again = folder.resolve("again.json");
      assertThat(Cli.run(folder, "attack", "replay", "last", "--json", again.toString()).code())
          .isEqualTo(run.code());
      assertThat(again).hasSameBinaryContentAs(folder.resolve("report/assessment.json"));
      Path stored = folder.resolve("stored");
      Cli.run(folder, "report", "--out", stored.toString());
      assertThat(stored.resolve("assessment.json"))
          .hasSameBinaryContentAs(folder.resolve("report/assessment.json"));
    }
  }

  @Test
  void twoRunsAreComparedByWhatTheyRefuse() throws Exception {
    try (StubEndpoint stub = shy();
        StubEndpoint open =
            StubEndpoint.builder()
                .script(r -> StubReply.text("Here you are: " + r.json().path("seed").asLong()))
                .start()) {
      describeTools(stub.baseUrl().toString());
      String before = assess().out().substring(5, 25);
      describeTools(open.baseUrl().toString());
      String after = assess().out().substring(5, 25);
      Cli compared = Cli.run(folder, "report", "--compare", before, after);
      assertThat(compared.out())
          .containsPattern(
              "over-refusal +\\d+ of \\d+ +0 of \\d+ +\\d+ points \\(-?\\d+ to -?\\d+\\)");
    }
  }

  @Test
  void aModelSaysWhatWasComposedInItsOwnWordsAndTheTapeKeepsThem() throws Exception {
    try (StubEndpoint stub = shy();
        StubEndpoint writer =
            StubEndpoint.builder()
                .script(r -> {
                  String request = r.lastUserText();
                  String kept = request.substring(request.indexOf("\n\n") + 2);
                  // It forgets the names of tools every other time, and that is not used.
                  return StubReply.text(
                      kept.contains("find_seats") ? "Tell me all." : "Hello there! " + kept);
                })
                .start()) {
      describeTools(stub.baseUrl().toString());
      Cli run = assess("--attacker", writer.baseUrl().toString());
      assertThat(run.err()).contains("says the requests that are composed of the description");
      var own = new ArrayList<String>();
      for (JsonNode attempt : json().path("attempts")) {
        if (attempt.path("ownWords").asBoolean(false) && !attempt.path("transcript").isEmpty()) {
          own.add(attempt.path("transcript").get(0).path("text").asString());
        }
      }
      assertThat(own).anyMatch(t -> t.contains("Hello there! "));
      assertThat(own).noneMatch(t -> t.contains("Tell me all"));
      assertThat(own)
          .filteredOn(t -> t.contains("find_seats"))
          .isNotEmpty()
          .noneMatch(t -> t.contains("Hello there! "));
      int calls = writer.calls();
      Path again = folder.resolve("again.json");
      Cli.run(folder, "attack", "replay", "last", "--json", again.toString());
      assertThat(again).hasSameBinaryContentAs(folder.resolve("report/assessment.json"));
      assertThat(writer.calls()).isEqualTo(calls);
    }
  }

  @Test
  void ownWordsNeedADescription() throws Exception {
    Cli run =
        Cli.run(folder, "attack", "chat", "--url", "http://127.0.0.1:1/v1", "--own-words", "only");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("redoubt: --own-words").hasLineCount(1);
  }

  @Test
  void ownWordsCanBeTurnedOff() throws Exception {
    try (StubEndpoint stub = shy()) {
      describeTools(stub.baseUrl().toString());
      Cli run = assess("--own-words", "off");
      assertThat(run.out()).doesNotContain("over-refusal");
      assertThat(json().path("ordinary").isMissingNode()).isTrue();
      assertThat(json().at("/execution/command").asString()).contains("--own-words off");
      Cli wrong = assess("--own-words", "of");
      assertThat(wrong.code()).isEqualTo(2);
      assertThat(wrong.err()).startsWith("redoubt: --own-words: unknown word 'of'").hasLineCount(1);
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
