package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.UsageException;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import dev.redoubt.testkit.StubRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ResumeTest {
  @TempDir Path root;

  /** Answers by what it is asked alone; some replies repeat, some leak. */
  private static StubReply deterministic(StubRequest request) {
    long seed = request.json().path("seed").asLong();
    return StubReply.text(seed % 3 == 0 ? "It is " + Bench.SECRET.value() : "no " + seed % 2);
  }

  private static StubEndpoint stub() {
    return StubEndpoint.builder().script(ResumeTest::deterministic).start();
  }

  private static CampaignSpec spec() {
    return Bench.spec("secret-leak").withRepetitions(8);
  }

  private static Target target(StubEndpoint stub, Path folder) {
    return Bench.at(stub, folder).facts(Bench.SECRET).target();
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(root.resolve(name));
  }

  private static List<JsonNode> records(Path folder, String type) {
    var records = new ArrayList<JsonNode>();
    new TapeReader(folder.resolve(RunFolder.TAPE))
        .lines((bytes, from, slot) ->
            TapeReader.parse(bytes, from, slot.length())
                .filter(node -> node.path("type").asString("").equals(type))
                .ifPresent(records::add));
    return records;
  }

  private static List<String> told(List<Attempt> attempts) {
    return attempts.stream().map(CampaignTest::withoutPass).toList();
  }

  private List<String> uncut() throws IOException {
    try (var stub = stub()) {
      Path folder = folder("uncut");
      return told(Bench.run(spec(), target(stub, folder), folder).attempts());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aStoppedRunGoesOnAsIfItHadNeverStopped(int concurrency) throws Exception {
    List<String> whole = uncut();
    Path folder = folder("cut");
    try (var stub = stub()) {
      Target target = target(stub, folder);
      var heard = new AtomicInteger();
      var impatient =
          new CampaignListener() {
            @Override
            public void attempt(Attempt attempt, int done, int total) {
              heard.incrementAndGet();
            }

            @Override
            public boolean cancelled() {
              return heard.get() >= 11;
            }
          };
      CampaignResult part =
          Campaign.run(
              Campaign.plan(spec().withConcurrency(concurrency), target),
              new RunFolder(folder),
              impatient);
      assertThat(part.stopped()).isEqualTo("stopped by the user");
      assertThat(part.attempts()).hasSizeBetween(11, 20);
      assertThat(part.coverage().notTested()).anyMatch(g -> g.reason().contains("not made"));

      CampaignResult rest =
          Campaign.resume(new RunFolder(folder), "run", target, CampaignListener.NONE);
      assertThat(told(rest.attempts())).isEqualTo(whole);
      assertThat(rest.stopped()).isNull();
      assertThat(stub.calls()).isEqualTo(40);
      assertThat(records(folder, "attempt")).hasSize(40);
      assertThat(records(folder, "exchange")).hasSize(40);
    }
  }

  /** A cut may come just after an inner brace. */
  private static boolean isWhole(String line) {
    try {
      return tools.jackson.databind.json.JsonMapper.shared().readTree(line).isObject();
    } catch (tools.jackson.core.JacksonException cut) {
      return false;
    }
  }

  /** Whatever byte a kill or a full disk cuts the tape at, the rest is the same. */
  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.1, 0.33, 0.5, 0.77, 0.95, 0.999})
  void aCutTapeIsCompleted(double where) throws Exception {
    List<String> whole = uncut();
    Path folder = folder("cut");
    try (var stub = stub()) {
      Target target = target(stub, folder);
      Bench.run(spec(), target, folder);
      Path tape = folder.resolve(RunFolder.TAPE);
      byte[] bytes = Files.readAllBytes(tape);
      byte[] cut = java.util.Arrays.copyOf(bytes, (int) (bytes.length * where));
      Files.write(tape, cut);
      Set<String> taped = new HashSet<>();
      Set<String> sent = new HashSet<>();
      new String(cut, StandardCharsets.UTF_8)
          .lines()
          .filter(l -> isWhole(l) && !l.contains("\"type\":\"tape\""))
          .forEach(l -> {
            JsonNode node = tools.jackson.databind.json.JsonMapper.shared().readTree(l);
            (node.path("type").asString().equals("sent") ? sent : taped)
                .add(node.path("id").asString());
          });
      int before = stub.calls();

      CampaignResult rest =
          Campaign.resume(new RunFolder(folder), "run", target, CampaignListener.NONE);

      assertThat(told(rest.attempts())).isEqualTo(whole);
      assertThat(stub.calls() - before).isEqualTo(40 - taped.size());
      assertThat(records(folder, "attempt")).hasSize(40);
      assertThat(records(folder, "attempt").stream().map(n -> n.path("id").asString()))
          .doesNotHaveDuplicates();
      sent.removeAll(taped);
      assertThat(
              records(folder, "exchange").stream()
                  .filter(n -> n.path("resent").asBoolean())
                  .map(n -> n.path("id").asString()))
          .containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  /** Lines that a bad disk or an editor damaged, JSON or not, cost their own call at most. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0000\u0000",
        "{\"type\":\"exchange\",\"id\":\"run/secret-leak/direct/0\"}",
        "{\"type\":\"exchange\",\"id\":\"run/secret-leak/direct/0\",\"sentAt\":\"then\"}",
        "{\"type\":\"attempt\",\"id\":\"run/secret-leak/direct/0\",\"outcome\":\"maybe\"}",
        "[1, 2]"
      })
  void aDamagedLineInTheMiddleIsSkippedAndSaid(String damage) throws Exception {
    List<String> whole = uncut();
    Path folder = folder("damaged");
    try (var stub = stub()) {
      Target target = target(stub, folder);
      Bench.run(spec(), target, folder);
      Path tape = folder.resolve(RunFolder.TAPE);
      List<String> lines = new ArrayList<>(Files.readAllLines(tape));
      lines.removeIf(l -> l.contains("direct/0\"") && !l.contains("\"sent\""));
      lines.add(1, damage);
      Files.write(tape, lines);
      int before = stub.calls();
      var notes = new ArrayList<String>();
      var listener =
          new CampaignListener() {
            @Override
            public void note(String line) {
              notes.add(line);
            }
          };
      CampaignResult rest = Campaign.resume(new RunFolder(folder), "run", target, listener);
      assertThat(told(rest.attempts())).isEqualTo(whole);
      assertThat(stub.calls() - before).isEqualTo(1);
      assertThat(notes).anyMatch(n -> n.startsWith("1 damaged line"));
    }
  }

  @Test
  void aKilledProcessLosesNothingThatWasTaped() throws Exception {
    List<String> whole = uncut();
    Path folder = folder("killed");
    try (var slow =
        StubEndpoint.builder()
            .script(ResumeTest::deterministic)
            .delay(java.time.Duration.ofMillis(20))
            .start()) {
      Process process = victim(slow, folder);
      Path tape = folder.resolve(RunFolder.TAPE);
      while (process.isAlive() && records(folder, "exchange").size() < 10) {
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      int taped = records(folder, "exchange").size();
      assertThat(taped).as(Files.readString(root.resolve("victim.txt"))).isBetween(10, 39);
      assertThat(tape).exists();
      int before = slow.calls();

      CampaignResult rest =
          Campaign.resume(
              new RunFolder(folder), "run", target(slow, folder), CampaignListener.NONE);

      assertThat(told(rest.attempts())).isEqualTo(whole);
      assertThat(slow.calls() - before).isLessThanOrEqualTo(40 - taped);
      long resent =
          records(folder, "exchange").stream().filter(n -> n.path("resent").asBoolean()).count();
      assertThat(resent).isLessThanOrEqualTo(4);
      assertThat(slow.calls()).isLessThanOrEqualTo(40 + (int) resent);
    }
  }

  @Test
  void aRunThatIsStillGoingOnInAnotherProcessIsNotResumed() throws Exception {
    Path folder = folder("busy");
    var answers = new CountDownLatch(1);
    try (var slow =
        StubEndpoint.builder()
            .script(request -> {
              if (request.number() > 5) {
                awaitQuietly(answers);
              }
              return deterministic(request);
            })
            .start()) {
      Process process = victim(slow, folder);
      while (process.isAlive() && records(folder, "exchange").size() < 5) {
        Thread.onSpinWait();
      }
      try {
        Target target = target(slow, folder);
        assertThatExceptionOfType(UsageException.class)
            .isThrownBy(
                () -> Campaign.resume(new RunFolder(folder), "run", target, CampaignListener.NONE))
            .withMessageContaining("another run");
      } finally {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        answers.countDown();
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process victim(StubEndpoint stub, Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            stub.baseUrl().toString(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(root.resolve("victim.txt").toFile())
        .start();
  }

  /** Runs in a process of its own, to be killed. */
  static final class Victim {
    public static void main(String[] args) {
      Path folder = Path.of(args[1]);
      Bench.run(
          spec().withConcurrency(4),
          new Bench(args[0], folder).facts(Bench.SECRET).target(),
          folder);
    }
  }

  @Test
  void aFinishedRunIsOnlyRead() throws Exception {
    Path folder = folder("finished");
    try (var stub = stub()) {
      Target target = target(stub, folder);
      CampaignResult first = Bench.run(spec(), target, folder);
      byte[] tape = Files.readAllBytes(folder.resolve(RunFolder.TAPE));
      CampaignResult again =
          Campaign.resume(new RunFolder(folder), "run", target, CampaignListener.NONE);
      assertThat(again.attempts()).isEqualTo(first.attempts());
      assertThat(again.findings()).isEqualTo(first.findings());
      assertThat(again.usage()).isEqualTo(first.usage());
      assertThat(stub.calls()).isEqualTo(40);
      assertThat(Files.readAllBytes(folder.resolve(RunFolder.TAPE))).isEqualTo(tape);
    }
  }

  @Test
  void anInterruptEndsItEarlyAndKeepsWhatWasFound() throws Exception {
    Path folder = folder("interrupted");
    try (var stub = stub()) {
      Target target = target(stub, folder);
      Thread runner = Thread.currentThread();
      var interrupting =
          new CampaignListener() {
            @Override
            public void attempt(Attempt attempt, int done, int total) {
              if (done == 5) {
                runner.interrupt();
              }
            }
          };
      CampaignResult part =
          Campaign.run(Campaign.plan(spec(), target), new RunFolder(folder), interrupting);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(part.stopped()).isEqualTo("interrupted");
      assertThat(part.attempts()).hasSizeBetween(5, 39);
      CampaignResult rest =
          Campaign.resume(new RunFolder(folder), "run", target, CampaignListener.NONE);
      assertThat(told(rest.attempts())).isEqualTo(uncut());
    }
  }

  @Test
  void twoProcessesCannotWriteOneTape() throws Exception {
    Path folder = folder("shared");
    try (Tape tape = Tape.open(folder.resolve(RunFolder.TAPE), Instant.EPOCH)) {
      assertThat(tape).isNotNull();
      assertThatExceptionOfType(UsageException.class)
          .isThrownBy(() -> Tape.open(folder.resolve(RunFolder.TAPE), Instant.EPOCH).close())
          .withMessageContaining("another run");
    }
  }

  @Test
  void aPassThatWasNeverBegunIsSaidSo() throws Exception {
    Path folder = folder("empty");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> Campaign.resume(new RunFolder(folder), CampaignListener.NONE))
        .withMessageContaining("no pass to resume");
  }
}
