package dev.redoubt.runtime.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.runtime.llm.ChatException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
  private static final RetryPolicy QUICK = RetryPolicy.QUICK;

  private static ChatException status(int code) {
    return new ChatException(Kind.STATUS, code, null, "x", null);
  }

  private static ChatException limited(Duration wait) {
    return new ChatException(Kind.RATE_LIMITED, 429, wait, "x", null);
  }

  @Test
  void triesServerErrorsTwiceWithinASecond() {
    var first = QUICK.pause(status(503), 1, Duration.ZERO).orElseThrow();
    var second = QUICK.pause(status(503), 2, first).orElseThrow();
    assertThat(first.plus(second)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(second).isGreaterThan(first);
    assertThat(QUICK.pause(status(503), 3, first.plus(second))).isEmpty();
  }

  @Test
  void doesNotTryAgainWhereTheServerAsksForALongPause() {
    var failure = new ChatException(Kind.STATUS, 503, Duration.ofSeconds(30), "x", null);
    assertThat(QUICK.pause(failure, 1, Duration.ZERO)).isEmpty();
  }

  @Test
  void waitsAsLongAsATooBusyEndpointAsks() {
    assertThat(QUICK.pause(limited(Duration.ofSeconds(7)), 1, Duration.ZERO))
        .contains(Duration.ofSeconds(7));
    assertThat(QUICK.pause(limited(Duration.ofSeconds(11)), 1, Duration.ZERO)).isEmpty();
    assertThat(QUICK.pause(limited(Duration.ofSeconds(1)), 4, Duration.ZERO)).isEmpty();
  }

  @Test
  void growsThePauseWhereATooBusyEndpointDoesNotSay() {
    assertThat(QUICK.pause(limited(null), 1, Duration.ZERO)).contains(Duration.ofMillis(500));
    assertThat(QUICK.pause(limited(null), 3, Duration.ZERO)).contains(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNREACHABLE", "NOT_JSON", "BAD_REPLY", "TOO_LARGE", "BAD_REQUEST", "CLOSED"})
  void doesNotRepeatWhatWouldFailAgain(Kind kind) {
    assertThat(QUICK.pause(new ChatException(kind, "x"), 1, Duration.ZERO)).isEmpty();
  }

  @Test
  void doesNotRepeatWhatTheEndpointRefuses() {
    assertThat(QUICK.pause(status(401), 1, Duration.ZERO)).isEmpty();
    assertThat(RetryPolicy.NONE.pause(status(500), 1, Duration.ZERO)).isEmpty();
  }
}
