package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.redoubt.core.Outcome;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
  @TempDir Path folder;

  private CampaignResult run(StubEndpoint stub, CampaignSpec spec) {
    return Bench.run(spec, Bench.at(stub, folder).facts(Bench.SECRET).target(), folder);
  }

  private static CampaignSpec quick() {
    return Bench.spec("secret-leak").withTimeout(Duration.ofMillis(400));
  }

  @Nested
  class SetUpWrong {
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void saysSoInOneLineAndKeepsTheTape(int status) throws Exception {
      try (var stub = StubEndpoint.builder().status(status).start()) {
        assertThatExceptionOfType(TargetUnreachableException.class)
            .isThrownBy(() -> run(stub, quick()))
            .withMessageContaining("assistant")
            .withMessageContaining("HTTP " + status)
            .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
        assertThat(stub.calls()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("tape.jsonl")))
            .contains("\"type\":\"exchange\"")
            .contains("\"outcome\":\"unassessed\"");
      }
    }

    @Test
    void htmlInsteadOfJson() {
      try (var stub = StubEndpoint.builder().always(StubReply.html(200)).start()) {
        assertThatExceptionOfType(TargetUnreachableException.class)
            .isThrownBy(() -> run(stub, quick()))
            .withMessageContaining("/v1");
        assertThat(stub.calls()).isEqualTo(1);
      }
    }

    @Test
    void nobodyThere() {
      String gone;
      try (var stub = StubEndpoint.builder().start()) {
        gone = stub.baseUrl().toString();
      }
      assertThatExceptionOfType(TargetUnreachableException.class)
          .isThrownBy(() ->
              Bench.run(quick(), new Bench(gone, folder).facts(Bench.SECRET).target(), folder))
          .withMessageContaining("refused");
    }

    @Test
    void aTargetThatWorkedOnceIsNotSetUpWrong() {
      try (var stub =
          StubEndpoint.builder()
              .sequence(StubReply.text("no"), StubReply.status(404), StubReply.text("no"))
              .start()) {
        CampaignResult result = run(stub, quick());
        assertThat(result.pooled().unassessed()).isEqualTo(1);
        assertThat(result.pooled().trials()).isEqualTo(14);
      }
    }
  }

  @Nested
  class Passing {
    @Test
    void aServerErrorIsTriedAgainTwiceAtMost() {
      try (var stub =
          StubEndpoint.builder()
              .sequence(StubReply.status(503), StubReply.status(500), StubReply.text("no"))
              .start()) {
        CampaignResult result = run(stub, quick());
        assertThat(result.pooled().trials()).isEqualTo(15);
        assertThat(stub.calls()).isEqualTo(17);
        assertThat(result.usage().calls()).isEqualTo(17);
      }
    }

    @Test
    void tenFailuresInARowLeaveOutTheRestWithoutACall() {
      try (var stub = StubEndpoint.builder().html500().start()) {
        CampaignResult result = run(stub, quick());
        assertThat(stub.calls()).isEqualTo(30);
        assertThat(result.attempts()).hasSize(15).allMatch(a -> a.outcome() == Outcome.UNASSESSED);
        assertThat(result.attempts().getLast().reason())
            .startsWith("not called: 10 calls in a row");
        assertThat(result.coverage().tested()).isEmpty();
      }
    }

    @Test
    void oneReplyBeginsTheCountAnew() {
      try (var stub =
          StubEndpoint.builder()
              .script(r -> r.number() % 9 == 1 ? StubReply.text("no") : StubReply.status(400))
              .start()) {
        CampaignResult result = run(stub, quick());
        assertThat(stub.calls()).isEqualTo(15);
        assertThat(result.pooled().trials()).isEqualTo(2);
      }
    }

    @Test
    void silenceIsAFailureAfterItsTime() {
      try (var stub = StubEndpoint.builder().stall().start()) {
        CampaignResult result =
            run(
                stub,
                quick().withTechniques(List.of("direct")).withTimeout(Duration.ofMillis(250)));
        assertThat(result.attempts()).allMatch(a -> a.outcome() == Outcome.UNASSESSED);
        assertThat(result.attempts().getFirst().reason()).contains("time-out");
      }
    }

    @Test
    void resetsAreNoVerdict() {
      try (var stub = StubEndpoint.builder().reset().start()) {
        CampaignResult result = run(stub, quick().withTechniques(List.of("direct")));
        assertThat(result.pooled().unassessed()).isEqualTo(3);
      }
    }

    @Test
    void anEndlessReplyIsGivenUp() {
      try (var stub = StubEndpoint.builder().endlessStream().start()) {
        CampaignResult result =
            run(stub, quick().withTechniques(List.of("direct")).withTimeout(Duration.ofSeconds(5)));
        assertThat(result.pooled().unassessed()).isEqualTo(3);
        assertThat(result.attempts().getFirst().reason()).contains("larger than");
      }
    }

    @Test
    void aStormOfTooManyCallsIsGivenUpWhenItAsksForTooLongAWait() {
      try (var stub = StubEndpoint.builder().status(429, Duration.ofMinutes(5)).start()) {
        CampaignResult result = run(stub, quick());
        assertThat(stub.calls()).isEqualTo(10);
        assertThat(result.attempts().getFirst().reason()).contains("429");
      }
    }
  }

  @Test
  void theLimitOfCallsCountsRetries() {
    try (var stub = StubEndpoint.builder().status(500).start()) {
      run(stub, quick().withMaxCalls(4));
      assertThat(stub.calls()).isEqualTo(4);
    }
  }
}
