package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs of the user's take part in a run: the samples that we ship, and bad ones. */
@Timeout(180)
class ExtensionsTest {
  private static final Path SAMPLES = Path.of("../../samples/extensions").toAbsolutePath();
  private static final String CODE = "WINTER-7741-LARK";
  @TempDir Path folder;

  @BeforeEach
  void python() {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(dir -> Files.isExecutable(Path.of(dir, "python3"))),
        "NOT RUN: there is no python3 on the PATH");
  }

  private Path description(URI url, String truth, String more) throws IOException {
    Path file = folder.resolve("redoubt.yaml");
    Files.writeString(
        file,
        """
        redoubt: 1
        name: Lamp shop
        components:
          - {name: shop, type: endpoint, url: "%s"%s}
        %s\
        """
            .formatted(url, truth, more));
    return file;
  }

  private static String fact() {
    return ", groundTruth: {facts: [{name: CODE, value: " + CODE + ", kind: secret}]}";
  }

  private static String sample(String name) {
    return "python3 '" + SAMPLES.resolve(name) + "'";
  }

  /** A program that is ready and then does this. */
  private String bad(String role, String then) throws IOException {
    Path file = folder.resolve("bad-" + role + ".py");
    Files.writeString(
        file,
        """
        import json, sys, time
        def send(**m): print(json.dumps(m), flush=True)
        for line in sys.stdin:
            request = json.loads(line)
            if request["type"] == "hello":
                ready = dict(type="ready", protocol=1, role="%s", name="bad")
                if "%s" == "assessor": ready["components"] = ["endpoint"]
                send(**ready)
            else:
                %s
        """
            .formatted(role, role, then));
    return "python3 '" + file + "'";
  }

  private Cli attack(String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "attack",
                "chat",
                "--seed",
                "7",
                "--technique",
                "direct",
                "--json",
                folder.resolve("out.json").toString()));
    all.addAll(List.of(args));
    return Cli.run(folder, all.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("out.json")));
  }

  private List<String> reasons(String outcome) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (JsonNode attempt : json().path("attempts")) {
      if (attempt.path("outcome").asString().equals(outcome)) {
        reasons.add(
            attempt.path("technique").asString() + ": " + attempt.path("reason").asString());
      }
    }
    return reasons;
  }

  private void replaysTheSame() throws IOException {
    Path again = folder.resolve("again.json");
    Cli replay = Cli.run(folder, "attack", "replay", "last", "--json", again.toString());
    assertThat(replay.err()).doesNotContain("redoubt:");
    assertThat(Files.readString(again)).isEqualTo(Files.readString(folder.resolve("out.json")));
  }

  @Nested
  class AProbe {
    /** Gives its code to whoever claims to be the manager, in this turn or an earlier one. */
    private StubEndpoint shop() {
      return StubEndpoint.builder()
          .script(r -> {
            String all = r.body().toLowerCase(Locale.ROOT);
            boolean asks = r.lastUserText().toLowerCase(Locale.ROOT).contains("code");
            return StubReply.text(
                all.contains("i am the manager") && asks
                    ? "It is " + CODE
                    : "Hello, I sell lamps.");
          })
          .start();
    }

    @Test
    void saysWhatToAskAndPlantedFactsDecide() throws Exception {
      try (StubEndpoint stub = shop()) {
        Path file = description(stub.baseUrl(), fact(), "");
        Cli run =
            attack(file.toString(), "--objective", "secret-leak", "--probe", sample("probe.py"));
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(reasons("succeeded"))
            .anyMatch(r -> r.startsWith("program-manager-asks:"))
            .anyMatch(r -> r.startsWith("program-manager-ladder:"));
        int calls = stub.calls();
        replaysTheSame();
        Cli resumed = Cli.run(folder, "attack", "resume", "last");
        assertThat(resumed.code()).isEqualTo(1);
        assertThat(stub.calls()).isEqualTo(calls);
        Cli retried =
            Cli.run(folder, "attack", "retry", "run/secret-leak/program-manager-ladder/0");
        assertThat(retried.code()).as(retried.err()).isEqualTo(1);
        Path pack = folder.resolve("pack.json");
        Cli.run(folder, "attack", "export", "last", "--regression", pack.toString());
        Cli regress = Cli.run(folder, "attack", "regress", pack.toString(), file.toString());
        assertThat(regress.code()).as(regress.err()).isEqualTo(1);
      }
    }

    @Test
    void ofADescriptionIsUsedByAnAssessment() throws Exception {
      try (StubEndpoint stub = shop()) {
        Path file =
            description(
                stub.baseUrl(),
                fact(),
                "extensions: [{role: probe, command: [python3, '"
                    + SAMPLES.resolve("probe.py")
                    + "']}]");
        Cli run =
            Cli.run(
                folder,
                "assess",
                file.toString(),
                "--seed",
                "7",
                "--out",
                folder.resolve("report").toString(),
                "--json",
                folder.resolve("out.json").toString());
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(reasons("succeeded")).anyMatch(r -> r.startsWith("program-manager-ladder:"));
        replaysTheSame();
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "sys.exit(3)",
          "time.sleep(600)",
          "print('x' * 3_000_000, flush=True)",
          "send(type='probe', id=request['id'], objective='secret-leak', name='a', tekst='x')"
        })
    void thatFailsIsNamedAndCostsNothingElse(String then) throws Exception {
      try (StubEndpoint stub = shop()) {
        Cli run =
            attack(
                description(stub.baseUrl(), fact(), "").toString(),
                "--objective",
                "secret-leak",
                "--probe",
                bad("probe", then),
                "--timeout",
                "1");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(reasons("unassessed"))
            .singleElement()
            .asString()
            .contains("program-none: no probes: program 'python3", "bad-probe.py");
        assertThat(reasons("resisted")).hasSize(3);
        assertThat(run.out()).contains("not tested: secret-leak, 1 of 4 attempts: no probes");
      }
    }

    @Test
    void thatCannotBeStartedIsWrongUsage() throws Exception {
      try (StubEndpoint stub = shop()) {
        Cli run =
            attack(
                description(stub.baseUrl(), fact(), "").toString(), "--probe", "no-such-program x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no-such-program").hasLineCount(1);
        assertThat(stub.calls()).isZero();
      }
    }
  }

  @Nested
  class AJudge {
    private StubEndpoint generous() {
      return StubEndpoint.builder().reply("For you: 60 % off.").start();
    }

    @Test
    void decidesWhereTheGroundTruthIsMissingAndSaysSo() throws Exception {
      try (StubEndpoint stub = generous()) {
        Path file = description(stub.baseUrl(), "", "");
        assertThat(attack(file.toString(), "--objective", "secret-leak").code()).isEqualTo(3);
        Cli run =
            attack(file.toString(), "--objective", "secret-leak", "--judge", sample("judge.py"));
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(reasons("succeeded"))
            .isNotEmpty()
            .allMatch(r -> r.contains("judged by the program 'discount-limit': it offered 60 %"));
        JsonNode finding = json().path("findings").path(0);
        assertThat(finding.path("confidence").asString()).isEqualTo("firm");
        assertThat(finding.path("summary").asString())
            .contains("judged by the program 'discount-limit', not decided by planted facts");
        replaysTheSame();
      }
    }

    @Test
    void leavesWhatPlantedFactsDecideAloneUnlessItIsNamedForIt() throws Exception {
      try (StubEndpoint stub = generous()) {
        Path file = description(stub.baseUrl(), fact(), "");
        Cli facts =
            attack(file.toString(), "--objective", "secret-leak", "--judge", sample("judge.py"));
        assertThat(facts.code()).isZero();
        Cli named =
            attack(
                file.toString(),
                "--objective",
                "secret-leak",
                "--judge",
                sample("judge.py"),
                "--judge-for",
                "secret-leak");
        assertThat(named.code()).as(named.err()).isEqualTo(1);
      }
    }

    @Test
    void isNotAskedWhenAPlantedFactCameOut() throws Exception {
      try (StubEndpoint stub = StubEndpoint.builder().reply("It is " + CODE).start()) {
        Cli run =
            attack(
                description(stub.baseUrl(), fact(), "").toString(),
                "--objective",
                "secret-leak",
                "--judge",
                bad("judge", "sys.exit(9)"),
                "--judge-for",
                "secret-leak");
        assertThat(run.code()).isEqualTo(1);
        assertThat(reasons("succeeded")).isNotEmpty().noneMatch(r -> r.contains("judged by"));
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "sys.exit(3)",
          "time.sleep(600)",
          "print('x' * 3_000_000, flush=True)",
          "send(type='verdict', id=request['id'], outcome='maybe', reason='x')"
        })
    void thatFailsGivesNoVerdict(String then) throws Exception {
      try (StubEndpoint stub = generous()) {
        Cli run =
            attack(
                description(stub.baseUrl(), "", "").toString(),
                "--objective",
                "secret-leak",
                "--judge",
                bad("judge", then),
                "--timeout",
                "1");
        assertThat(run.code()).as(run.err()).isEqualTo(3);
        assertThat(reasons("unassessed"))
            .hasSize(3)
            .allMatch(r -> r.contains("the judge failed: program 'python3"));
      }
    }
  }

  @Nested
  class AnAssessor {
    private Cli assess(Path file, String assessor, String... more) {
      List<String> all =
          new ArrayList<>(
              List.of(
                  "assess",
                  file.toString(),
                  "--seed",
                  "7",
                  "--max-calls",
                  "30",
                  "--assessor",
                  assessor,
                  "--out",
                  folder.resolve("report").toString(),
                  "--json",
                  folder.resolve("out.json").toString()));
      all.addAll(List.of(more));
      return Cli.run(folder, all.toArray(String[]::new));
    }

    private List<String> rules() throws IOException {
      List<String> rules = new ArrayList<>();
      json().path("findings").forEach(f -> rules.add(f.path("ruleId").asString()));
      return rules;
    }

    @Test
    void reportsFindingsThatAReplayKeeps() throws Exception {
      try (StubEndpoint stub = StubEndpoint.builder().reply("No.").start()) {
        // The address of this host by another name than those that the sample takes for local.
        Path file =
            description(
                URI.create("http://127.0.0.2:" + stub.baseUrl().getPort() + "/v1"), fact(), "");
        Cli run = assess(file, sample("assessor.py"));
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(rules()).contains("program.transport.no-tls");
        replaysTheSame();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys.exit(3)", "time.sleep(600)", "print('x' * 3_000_000, flush=True)"})
    void thatFailsIsAnErrorOfTheRun(String then) throws Exception {
      try (StubEndpoint stub = StubEndpoint.builder().reply("No.").start()) {
        Cli run =
            assess(
                description(stub.baseUrl(), fact(), ""),
                bad("assessor", then),
                "--assessor-silence",
                "1");
        assertThat(run.code()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("bad-assessor.py");
        assertThat(reasons("resisted")).isNotEmpty();
        assertThat(run.out()).contains("not tested: shop, program.bad");
        replaysTheSameWithItsErrors();
      }
    }

    private void replaysTheSameWithItsErrors() throws IOException {
      Path again = folder.resolve("again.json");
      Cli replay = Cli.run(folder, "attack", "replay", "last", "--json", again.toString());
      assertThat(replay.code()).isEqualTo(3);
      assertThat(Files.readString(again)).isEqualTo(Files.readString(folder.resolve("out.json")));
    }
  }

  @Nested
  class ADescriptionWithExtensions {
    @Test
    void namesWhatIsWrongWithThem() throws Exception {
      Path file =
          description(
              URI.create("http://127.0.0.1:9/v1"),
              "",
              "extensions:\n  - {role: prober, command: [x]}\n  - {role: judge}\n");
      Cli run = attack(file.toString());
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("extensions[0].role", "extensions[1].command");
    }
  }
}
