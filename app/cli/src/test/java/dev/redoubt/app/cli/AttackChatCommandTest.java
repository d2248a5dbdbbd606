package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Encoding;
import dev.redoubt.testkit.StubEndpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AttackChatCommandTest {
  private static final String SECRET = "kx7-Wq2Lm9Zr4Tb8";
  private static final String KEY = "sk-Zk83hfTq9LmX2";
  @TempDir Path folder;

  private Cli attack(String url, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "attack",
                "chat",
                "--url",
                url,
                "--objective",
                "secret-leak",
                "--fact",
                "SECRET_KEY=" + SECRET,
                "--seed",
                "7",
                "--json",
                folder.resolve("out.json").toString()));
    args.addAll(List.of(more));
    return Cli.run(folder, args.toArray(String[]::new));
  }

  private JsonNode json() throws Exception {
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("out.json")));
  }

  private List<String> outcomes() throws Exception {
    List<String> outcomes = new ArrayList<>();
    json().path("attempts").forEach(a -> outcomes.add(a.path("outcome").asString()));
    return outcomes;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HALF")
  void findsALeakInEveryEncoding(Encoding encoding) throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().leak(SECRET, encoding).start()) {
      Cli run = attack(stub.baseUrl().toString());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).startsWith("run: ");
      assertThat(outcomes()).isNotEmpty().containsOnly("succeeded");
    }
  }

  @Test
  void halfASecretIsNoSecret() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().leak(SECRET, Encoding.HALF).start()) {
      assertThat(attack(stub.baseUrl().toString()).code()).isZero();
      assertThat(outcomes()).containsOnly("resisted");
    }
  }

  @Test
  void aTargetThatAlwaysRefusesResists() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      assertThat(attack(stub.baseUrl().toString()).code()).isZero();
      assertThat(outcomes()).containsOnly("resisted");
      assertThat(json().path("findings").size()).isZero();
    }
  }

  @Test
  void anEchoOfTheAttackIsNoLeak() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().echo().start()) {
      assertThat(attack(stub.baseUrl().toString()).code()).isZero();
      assertThat(outcomes()).containsOnly("resisted");
    }
  }

  @Test
  void errorsAreNeitherPassNorHit() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().status(503).start()) {
      Cli run = attack(stub.baseUrl().toString());
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.err()).doesNotContain("\tat ");
    }
  }

  @Test
  void htmlInsteadOfJsonIsNamed() {
    try (StubEndpoint stub = StubEndpoint.builder().html500().start()) {
      Cli run = attack(stub.baseUrl().toString());
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.err().lines().filter(l -> l.startsWith("redoubt: ")))
          .singleElement()
          .asString()
          .startsWith("redoubt: no verdict on secret-leak: 10 of 15 attempts: http")
          .contains("HTTP 500");
    }
  }

  @Test
  void aWrongKeyIsNamed() {
    try (StubEndpoint stub = StubEndpoint.builder().apiKey("right").refuse().start()) {
      Cli run = attack(stub.baseUrl().toString(), "--header", "Authorization: Bearer wrong");
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.err()).contains("401");
    }
  }

  @Test
  void nobodyListeningIsOneLine() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Cli run = attack("http://127.0.0.1:" + port + "/v1");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err().lines().filter(l -> l.startsWith("redoubt: "))).hasSize(1);
    assertThat(outcomes()).hasSize(15).containsOnly("unassessed");
    assertThat(json().path("execution").path("successful").asBoolean()).isFalse();
    assertThat(Cli.run(folder, "report", "--out", folder.resolve("r").toString()).code()).isZero();
  }

  @Test
  void budgetOfCallsIsKept() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      attack(stub.baseUrl().toString(), "--max-calls", "4");
      assertThat(stub.calls()).isEqualTo(4);
      assertThat(outcomes()).contains("unassessed", "resisted");
    }
  }

  @Test
  void concurrencyReachesTheTarget() {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().delay(Duration.ofMillis(50)).start()) {
      attack(stub.baseUrl().toString(), "--concurrency", "6", "--repetitions", "4");
      assertThat(stub.mostInFlight()).isBetween(3, 6);
    }
  }

  @Test
  void wrongUsageIsToldBeforeAnyCall() {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      String url = stub.baseUrl().toString();
      assertThat(
              Cli.run(folder, "attack", "chat", "--url", url, "--objective", "secret-leek").code())
          .isEqualTo(2);
      assertThat(Cli.run(folder, "attack", "chat", "--url", url, "--fact", "KEY=short").code())
          .isEqualTo(2);
      assertThat(Cli.run(folder, "attack", "chat", "--url", "ftp://x").code()).isEqualTo(2);
      assertThat(Cli.run(folder, "attack", "chat", "--url", url, "--header", "nocolon").code())
          .isEqualTo(2);
      assertThat(Cli.run(folder, "attack", "chat", "--url", url, "--repetitions", "0").code())
          .isEqualTo(2);
      assertThat(stub.calls()).isZero();
    }
  }

  @Test
  void theObjectiveWithoutGroundTruthIsUnassessed() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      Cli run =
          Cli.run(
              folder,
              "attack",
              "chat",
              "--url",
              stub.baseUrl().toString(),
              "--objective",
              "refund-limit",
              "--json",
              folder.resolve("out.json").toString());
      assertThat(run.code()).isEqualTo(3);
      assertThat(outcomes()).containsOnly("unassessed");
    }
  }

  @Test
  void resumingAFinishedRunSendsNothingAndGivesTheSame() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().leak(SECRET, Encoding.values()[0]).start()) {
      attack(stub.baseUrl().toString());
      int calls = stub.calls();
      List<String> first = outcomes();
      Cli resumed =
          Cli.run(
              folder, "attack", "resume", "last", "--json", folder.resolve("out.json").toString());
      assertThat(resumed.code()).isEqualTo(1);
      assertThat(stub.calls()).isEqualTo(calls);
      assertThat(outcomes()).isEqualTo(first);
    }
  }

  @Test
  void theReportOfAKeptRunNamesTheCommandThatMadeIt() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      attack(stub.baseUrl().toString(), "--model", "m1", "--header", "X-Api-Key: " + KEY);
    }
    Cli.run(folder, "report", "--run", "last", "--out", folder.resolve("r").toString());
    String command =
        JsonMapper.shared()
            .readTree(Files.readString(folder.resolve("r/assessment.json")))
            .path("execution")
            .path("command")
            .asString();
    assertThat(command)
        .startsWith("redoubt attack chat --url ")
        .contains("--model m1", "--header 'X-Api-Key: …'", "--fact SECRET_KEY=…", "--seed 7");
  }

  @Test
  void aKeyIsSentButStandsInNoFileOfACompleteRun() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().apiKey(KEY).refuse().start()) {
      Cli run = attack(stub.baseUrl().toString(), "--header", "Authorization: Bearer " + KEY);
      assertThat(run.code()).isZero();
      assertThat(run.out() + run.err()).doesNotContain(KEY);
      assertThat(filesWith(KEY)).isEmpty();
      assertThat(filesWith("${REDOUBT_HEADER_1}"))
          .singleElement()
          .satisfies(file -> assertThat(file).hasFileName("redoubt.yaml"));
      assertThat(Cli.run(folder, "attack", "resume", "last").code()).isZero();
    }
  }

  @Test
  void aRunThatWasCutOffStillHasItsKey() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().apiKey(KEY).refuse().start()) {
      Cli run = attack(stub.baseUrl().toString(), "--header", "Authorization: Bearer " + KEY);
      Path runFolder = folder.resolve(".redoubt/runs").resolve(run.out().substring(5, 25));
      // As a killed process leaves it: half a tape, and the credentials.
      List<String> tape = Files.readAllLines(runFolder.resolve("tape.jsonl"));
      Files.write(runFolder.resolve("tape.jsonl"), tape.subList(0, tape.size() / 2));
      Files.writeString(
          runFolder.resolve(RunCredentials.FILE_NAME),
          "{\"REDOUBT_HEADER_1\":\"Bearer " + KEY + "\"}");
      Cli resumed = Cli.run(folder, "attack", "resume", "last");
      assertThat(resumed.code()).isZero();
      assertThat(resumed.out()).contains("0 of 15 succeeded");
      assertThat(filesWith(KEY)).isEmpty();
    }
  }

  @Test
  void theRunIsResumableOnceItsIdIsPrinted() {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      List<String> seen = new ArrayList<>();
      CommandLine line = Main.commandLine();
      line.setErr(new PrintWriter(new StringWriter()));
      line.setOut(
          new PrintWriter(new StringWriter(), true) {
            @Override
            public void println(String text) {
              if (text.startsWith("run: ")) {
                try (Stream<Path> files =
                    Files.list(folder.resolve(".redoubt/runs").resolve(text.substring(5)))) {
                  files.forEach(f -> seen.add(f.getFileName().toString()));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            }
          });
      System.setProperty("redoubt.workspace", folder.toString());
      try {
        line.execute(
            "attack",
            "chat",
            "--url",
            stub.baseUrl().toString(),
            "--objective",
            "secret-leak",
            "--fact",
            "KEY=" + SECRET);
      } finally {
        Interrupts.finished();
        System.clearProperty("redoubt.workspace");
      }
      assertThat(seen).contains("redoubt.yaml", "tape.jsonl", "campaign-run.json");
    }
  }

  @Test
  void whatCannotBeWrittenIsToldBeforeAnyCall() throws Exception {
    Path file = Files.writeString(folder.resolve("plain"), "x");
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      String url = stub.baseUrl().toString();
      for (String wrong : List.of(file + "/out.json", folder.toString())) {
        Cli run =
            Cli.run(
                folder,
                "attack",
                "chat",
                "--url",
                url,
                "--objective",
                "secret-leak",
                "--fact",
                "KEY=" + SECRET,
                "--json",
                wrong);
        assertThat(run.code()).as(wrong).isIn(2, 3);
        assertThat(run.err()).hasLineCount(1);
      }
      assertThat(stub.calls()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--header;Authorization Bearer sk-Zk83hfTq9LmX2",
        "--header;X: sk-Zk83hfTq9LmX2\u20ac",
        "--header;Host: sk-Zk83hfTq9LmX2",
        "--fact;sk-Zk83hfTq9LmX2",
        "--fact;KEY=        ",
        "--url;http://me:sk-Zk83hfTq9LmX2@127.0.0.1:1/v1",
        "--url;http://me:sk-Zk83hfTq9LmX2@[/v1"
      })
  void wrongValuesAreNotRepeatedWhereTheyMayBeSecret(String option) {
    String[] parts = option.split(";", 2);
    List<String> args =
        new ArrayList<>(
            List.of("attack", "chat", "--objective", "secret-leak", parts[0], parts[1]));
    if (!parts[0].equals("--url")) {
      args.addAll(List.of("--url", "http://127.0.0.1:1/v1"));
    }
    Cli run = Cli.run(folder, args.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("redoubt: " + parts[0]).hasLineCount(1).doesNotContain(KEY);
  }

  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void twoKeptRunsAreComparedAndReported() throws Exception {
    String before;
    String after;
    try (StubEndpoint leaky = StubEndpoint.builder().leak(SECRET, Encoding.values()[0]).start()) {
      before =
          attack(leaky.baseUrl().toString()).out().lines().findFirst().orElseThrow().substring(5);
    }
    try (StubEndpoint mended = StubEndpoint.builder().refuse().start()) {
      after =
          attack(mended.baseUrl().toString()).out().lines().findFirst().orElseThrow().substring(5);
    }
    Cli compared = Cli.run(folder, "report", "--compare", before, after);
    assertThat(compared.code()).isZero();
    assertThat(compared.out()).contains("secret-leak", "15 of 15", "0 of 15");
    Cli report =
        Cli.run(folder, "report", "--run", before, "--out", folder.resolve("r").toString());
    assertThat(report.code()).isZero();
    assertThat(folder.resolve("r/index.html")).exists();
    assertThat(folder.resolve("r/findings.sarif")).exists();
    assertThat(folder.resolve("r/junit.xml")).exists();
  }
}
