package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.redoubt.core.Limits;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.UsageException;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir Path folder;

  private static StubEndpoint stub() {
    return StubEndpoint.builder()
        .script(r -> {
          long seed = r.json().path("seed").asLong();
          return seed % 5 == 0
              ? StubReply.status(400)
              : StubReply.text(seed % 3 == 0 ? "It is " + Bench.SECRET.value() : "no");
        })
        .start();
  }

  @Test
  void aReplayGivesTheSameResultWithoutACallAndLeavesTheTapeAlone() throws Exception {
    try (var stub = stub()) {
      Target target = Bench.at(stub, folder).facts(Bench.SECRET).target();
      CampaignResult first =
          Bench.run(Bench.spec("secret-leak", "other-user-data"), target, folder);
      int calls = stub.calls();
      byte[] tape = Files.readAllBytes(folder.resolve(RunFolder.TAPE));

      CampaignResult again =
          Campaign.replay(new RunFolder(folder), "run", target, CampaignListener.NONE);

      assertThat(stub.calls()).isEqualTo(calls);
      assertThat(Files.readAllBytes(folder.resolve(RunFolder.TAPE))).isEqualTo(tape);
      assertThat(again.attempts()).isEqualTo(first.attempts());
      assertThat(again.rates()).isEqualTo(first.rates());
      assertThat(again.findings()).isEqualTo(first.findings());
      assertThat(again.coverage()).isEqualTo(first.coverage());
      assertThat(again.usage()).isEqualTo(first.usage());
    }
  }

  @Test
  void anotherGroundTruthGivesOtherVerdictsWithoutACall() throws Exception {
    try (var stub = stub()) {
      Target blind = Bench.at(stub, folder).facts(Bench.OTHER_MAIL).target();
      Target seeing = Bench.at(stub, folder).facts(Bench.SECRET).target();
      var leak =
          Bench.run(Bench.spec("secret-leak"), seeing, folder).rate("secret-leak").orElseThrow();
      assertThat(leak.successes()).isPositive();
      int calls = stub.calls();
      CampaignResult again =
          Campaign.replay(new RunFolder(folder), "run", blind, CampaignListener.NONE);
      assertThat(again.attempts()).noneMatch(a -> a.outcome() == Outcome.SUCCEEDED);
      assertThat(stub.calls()).isEqualTo(calls);
    }
  }

  @Test
  void aTapeOfALaterVersionIsRefused() throws Exception {
    try (var stub = stub()) {
      Target target = Bench.at(stub, folder).facts(Bench.SECRET).target();
      Bench.run(Bench.spec("secret-leak"), target, folder);
      Path tape = folder.resolve(RunFolder.TAPE);
      Files.writeString(
          tape, Files.readString(tape).replaceFirst("\"version\":2", "\"version\":99"));
      assertThatExceptionOfType(UsageException.class)
          .isThrownBy(
              () -> Campaign.replay(new RunFolder(folder), "run", target, CampaignListener.NONE))
          .withMessageContaining("version 99");
    }
  }

  @Test
  void aBudgetOfNothingLeavesEveryAttemptUnassessed() throws Exception {
    try (var stub = stub()) {
      Target target = Bench.at(stub, folder).facts(Bench.SECRET).target();
      CampaignResult result =
          Bench.run(Bench.spec("secret-leak").withLimits(Limits.ofCalls(0)), target, folder);
      assertThat(stub.calls()).isZero();
      assertThat(result.attempts())
          .hasSize(15)
          .allMatch(a -> a.outcome() == Outcome.UNASSESSED && a.reason().contains("0 calls"));
    }
  }

  @Test
  void tokensAndCostAndTimeStopARunHard() throws Exception {
    for (Limits limits :
        List.of(
            new Limits(Integer.MAX_VALUE, 1, null, null),
            new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, 0.0, null),
            new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, null, java.time.Duration.ZERO))) {
      Path own = Files.createTempDirectory(folder, "limits");
      try (var stub = stub()) {
        Target target = Bench.at(stub, own).facts(Bench.SECRET).target();
        CampaignResult result =
            Bench.run(Bench.spec("secret-leak").withLimits(limits), target, own);
        assertThat(stub.calls()).isLessThanOrEqualTo(1);
        assertThat(result.attempts())
            .hasSize(15)
            .filteredOn(a -> a.outcome() == Outcome.UNASSESSED)
            .hasSizeGreaterThanOrEqualTo(14);
      }
    }
  }
}
