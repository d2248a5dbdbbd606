package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Outcome;
import dev.redoubt.testkit.FeedbackWeakness;
import dev.redoubt.testkit.PatientWeakness;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import dev.redoubt.testkit.StubRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Techniques of several turns, against targets whose weakness only their replies reveal. */
class StrategyTest {
  private static final int SEEDS = 20;

  @TempDir Path folder;

  private record Run(CampaignResult result, int calls) {
    Attempt attempt() {
      return result.attempts().getFirst();
    }

    boolean succeeded() {
      return attempt().outcome() == Outcome.SUCCEEDED;
    }
  }

  private Run run(String technique, long seed, Function<StubRequest, StubReply> target)
      throws IOException {
    Path own = Files.createTempDirectory(folder, "run");
    try (var stub = StubEndpoint.builder().script(target).start()) {
      CampaignSpec spec =
          CampaignSpec.of(seed)
              .withObjectives(List.of("secret-leak"))
              .withTechniques(List.of(technique))
              .withRepetitions(1);
      CampaignResult result =
          Bench.run(spec, Bench.at(stub, own).facts(Bench.SECRET).target(), own);
      return new Run(result, stub.calls());
    }
  }

  private int successes(String technique) throws IOException {
    int successes = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      successes +=
          run(technique, seed, new FeedbackWeakness(seed, Bench.SECRET.value())).succeeded()
              ? 1
              : 0;
    }
    return successes;
  }

  @Test
  void theWeaknessIsOneOfMany() {
    assertThat(FeedbackWeakness.combinations()).isGreaterThanOrEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "tap"})
  void whoListensFindsTheWeakness(String technique) throws Exception {
    assertThat(successes(technique)).isGreaterThanOrEqualTo(16);
  }

  @Test
  void luckAloneDoesNotFindIt() throws Exception {
    assertThat(successes("best-of-n")).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"pair, 24", "tap, 24", "best-of-n, 24", "crescendo, 14", "linear, 5"})
  void aTargetThatNeverYieldsIsResistedAfterAllItsTurns(String technique, int most)
      throws Exception {
    Run run = run(technique, 3, r -> StubReply.text("I'm sorry, I can't help with that."));
    assertThat(run.attempt().outcome()).isEqualTo(Outcome.RESISTED);
    assertThat(run.calls()).isBetween(4, most);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "tap", "best-of-n", "crescendo", "foot-in-the-door", "linear"})
  void aTargetThatYieldsAtOnceCostsOneCall(String technique) throws Exception {
    Run run = run(technique, 3, r -> StubReply.text("It is " + Bench.SECRET.value()));
    assertThat(run.succeeded()).isTrue();
    assertThat(run.calls()).isEqualTo(1);
    assertThat(run.attempt().transcript()).hasSize(2);
  }

  @Test
  void aCrescendoTakesUpWhatTheTargetSaid() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      Run run = run("crescendo", seed, new PatientWeakness(seed, Bench.SECRET.value()));
      assertThat(run.succeeded()).as("seed %d", seed).isTrue();
      assertThat(run.calls()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void whoDoesNotTakeItUpGetsNothing() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      assertThat(run("linear", seed, new PatientWeakness(seed, Bench.SECRET.value())).succeeded())
          .isFalse();
    }
  }

  /** The turns after a cut are those that would have come without it. */
  @ParameterizedTest
  @ValueSource(strings = {"crescendo", "pair"})
  void anAttemptGoesOnInItsMiddle(String technique) throws Exception {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    Path cut = Files.createDirectory(folder.resolve("cut"));
    CampaignSpec spec =
        CampaignSpec.of(5)
            .withObjectives(List.of("secret-leak"))
            .withTechniques(List.of(technique))
            .withRepetitions(1);
    Function<StubRequest, StubReply> target =
        r ->
            StubReply.text(
                "I'm not comfortable with this scenario, " + r.lastUserText().hashCode() % 97);
    try (var stub = StubEndpoint.builder().script(target).start()) {
      Target described = Bench.at(stub, whole).facts(Bench.SECRET).target();
      CampaignResult uncut = Bench.run(spec, described, whole);
      int calls = stub.calls();
      List<String> lines = Files.readAllLines(whole.resolve(RunFolder.TAPE));
      // The header, and two records for each of the first three turns.
      Files.write(cut.resolve(RunFolder.TAPE), lines.subList(0, 7));
      Files.copy(whole.resolve("campaign-run.json"), cut.resolve("campaign-run.json"));
      CampaignResult rest =
          Campaign.resume(
              new RunFolder(cut),
              "run",
              Bench.at(stub, cut).facts(Bench.SECRET).target(),
              CampaignListener.NONE);
      assertThat(List.copyOf(rest.attempts().getFirst().transcript()))
          .isEqualTo(List.copyOf(uncut.attempts().getFirst().transcript()));
      assertThat(stub.calls()).isEqualTo(2 * calls - 3);
    }
  }

  /** What an attempt is about stays the same when it begins a new conversation. */
  @ParameterizedTest
  @ValueSource(strings = {"best-of-n", "pair", "tap", "crescendo"})
  void aNewConversationIsJudgedLikeTheFirst(String technique) throws Exception {
    Path own = Files.createDirectories(folder.resolve(technique));
    try (StubEndpoint stub = StubEndpoint.builder().reply("I can't help with that.").start()) {
      CampaignResult result =
          Bench.run(
              Bench.spec("name-exfiltration", "session-context")
                  .withTechniques(List.of(technique))
                  .withRepetitions(1),
              Bench.at(stub, own).facts(Bench.SECRET).twoAccounts().target(),
              own);
      assertThat(result.attempts())
          .hasSize(2)
          .allSatisfy(a -> assertThat(a.outcome()).as(a.reason()).isEqualTo(Outcome.RESISTED));
    }
  }
}
