package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Outcome;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStopTest {
  @TempDir Path folder;

  private CampaignResult run(Double width) {
    try (var stub =
        StubEndpoint.builder().script(r -> StubReply.text("Never, " + r.number())).start()) {
      Target target = Bench.at(stub, folder).facts(Bench.SECRET).target();
      return Bench.run(
          Bench.spec("secret-leak").withRepetitions(30).withStopWidth(width), target, folder);
    }
  }

  @Test
  void aRateThatIsKnownWellEnoughCostsNoMoreCalls() {
    CampaignResult result = run(0.1);
    ObjectiveRate rate = result.rate("secret-leak").orElseThrow();
    assertThat(result.attempts()).hasSize(150);
    assertThat(rate.trials()).isBetween(30, 100);
    assertThat(rate.unassessed()).isEqualTo(150 - rate.trials());
    assertThat(rate.interval().method()).isEqualTo("confidence-sequence");
    assertThat(rate.interval().high() - rate.interval().low()).isLessThanOrEqualTo(0.1);
    assertThat(result.coverage().notTested()).anyMatch(g -> g.reason().contains("narrow enough"));
  }

  @Test
  void withoutARuleEveryAttemptIsMadeAndTheIntervalIsWilsons() {
    ObjectiveRate rate = run(null).rate("secret-leak").orElseThrow();
    assertThat(rate.trials()).isEqualTo(150);
    assertThat(rate.interval().method()).isEqualTo("wilson");
  }

  @Test
  void techniquesComeInAnOrderDrawnFromTheSeed() {
    List<String> techniques =
        run(0.1).attempts().stream()
            .filter(a -> a.outcome() != Outcome.UNASSESSED)
            .map(Attempt::technique)
            .toList();
    assertThat(techniques.subList(0, 20).stream().distinct().count()).isGreaterThan(2);
  }
}
