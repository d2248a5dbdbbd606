package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.redoubt.core.Component;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
    @ValueSource(ints = {401, 404, 405, 302})
    void saysSoInOneLineAndLeavesNoAttemptWithoutAnOutcome(int status) throws Exception {
      try (var stub = StubEndpoint.builder().status(status).start()) {
        CampaignResult result = run(stub, quick());
        assertThat(result.unreachable())
            .contains("assistant", "HTTP " + status)
            .satisfies(line -> assertThat(line).hasLineCount(1));
        assertThat(stub.calls()).isEqualTo(1);
        assertThat(result.attempts()).hasSize(15).allMatch(a -> a.outcome() == Outcome.UNASSESSED);
        assertThat(Files.readString(folder.resolve("tape.jsonl")).split("\"outcome\"", -1))
            .hasSize(16);
        assertThatExceptionOfType(TargetUnreachableException.class)
            .isThrownBy(result::requireReached)
            .withMessage(result.unreachable());
      }
    }

    @Test
    void htmlInsteadOfJson() {
      try (var stub = StubEndpoint.builder().always(StubReply.html(200)).start()) {
        assertThat(run(stub, quick()).unreachable()).contains("/v1");
        assertThat(stub.calls()).isEqualTo(1);
      }
    }

    @Test
    void nobodyThere() {
      String gone;
      try (var stub = StubEndpoint.builder().start()) {
        gone = stub.baseUrl().toString();
      }
      CampaignResult result =
          Bench.run(quick(), new Bench(gone, folder).facts(Bench.SECRET).target(), folder);
      assertThat(result.unreachable()).contains("refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void aFilterThatRefusesTheFirstPromptIsNotSetUpWrong(int status) {
      try (var stub =
          StubEndpoint.builder()
              .script(r -> r.number() == 1 ? StubReply.status(status) : StubReply.text("no"))
              .start()) {
        CampaignResult result = run(stub, quick());
        assertThat(result.unreachable()).isNull();
        assertThat(result.pooled().trials()).isEqualTo(14);
      }
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

  @Nested
  class Credentials {
    private static final String KEY = "sk-Zk83hfTq9LmX2";

    private CampaignResult runWithKey(StubEndpoint stub) {
      return Bench.run(
          quick(),
          Bench.at(stub, folder)
              .facts(Bench.SECRET)
              .header("Authorization", "Bearer " + KEY)
              .target(),
          folder);
    }

    @Test
    void aKeyThatTheTargetRepeatsStaysOffTheTape() throws Exception {
      try (var stub =
          StubEndpoint.builder()
              .script(r ->
                  r.number() == 1
                      ? StubReply.text("You sent " + r.header("authorization").orElseThrow())
                      : StubReply.text("It is " + Bench.SECRET.value()))
              .start()) {
        CampaignResult result = runWithKey(stub);
        assertThat(Files.readString(folder.resolve("tape.jsonl")))
            .contains("You sent (hidden)")
            .doesNotContain(KEY);
        assertThat(result.toString()).doesNotContain(KEY);
        assertThat(result.pooled().successes()).isEqualTo(14);
      }
    }

    @Test
    void messagesAboutARefusedKeyDoNotRepeatIt() {
      Component.Endpoint endpoint =
          new Bench("http://127.0.0.1:1/v1", folder)
              .header("Authorization", "Bearer " + KEY)
              .header("X-Tenant", "acme-tenant-7")
              .target()
              .endpoint();
      assertThat(HeaderMask.of(endpoint).inMessage("wrong key " + KEY + " of acme-tenant-7"))
          .isEqualTo("wrong key (hidden) of (hidden)");
    }

    @Test
    void whatMayBeALeakStaysVisible() {
      Component.Endpoint endpoint =
          new Bench("http://127.0.0.1:1/v1", folder)
              .facts(Bench.SECRET)
              .header("X-User", "maria.lopez")
              .header("X-Api-Key", Bench.SECRET.value())
              .target()
              .endpoint();
      String reply = "maria.lopez has " + Bench.SECRET.value();
      assertThat(HeaderMask.of(endpoint).inReply(reply)).isEqualTo(reply);
    }
  }

  @Nested
  class Storm {
    private final AtomicLong now = new AtomicLong();
    private final Budget budget = new Budget(100, now::get);

    private boolean waits(Duration retryAfter) {
      var pause =
          budget.pause(
              new ChatException(ChatException.Kind.RATE_LIMITED, 429, retryAfter, "429", null),
              1,
              0);
      pause.ifPresent(p -> now.addAndGet(p.toNanos()));
      return pause.isPresent();
    }

    @Test
    void isNotWaitedForLongerThanHalfAMinute() {
      for (int i = 0; i < 3; i++) {
        assertThat(waits(Duration.ofSeconds(10))).isTrue();
      }
      assertThat(waits(Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void isOverWithTheFirstAnswer() {
      for (int i = 0; i < 30; i++) {
        assertThat(waits(Duration.ofSeconds(10))).isTrue();
        budget.calm();
      }
    }
  }

  @Test
  void theLimitOfCallsCountsRetries() {
    try (var stub = StubEndpoint.builder().status(500).start()) {
      // Not quick: a call that times out on a busy machine may never arrive.
      run(stub, Bench.spec("secret-leak").withMaxCalls(4));
      assertThat(stub.calls()).isEqualTo(4);
    }
  }
}
