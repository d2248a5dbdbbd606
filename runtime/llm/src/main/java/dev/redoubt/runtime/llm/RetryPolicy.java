package dev.redoubt.runtime.llm;

import dev.redoubt.runtime.llm.ChatException.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * When a failed call is sent again.
 *
 * <p>Status 5xx, time-outs and broken connections are tried again after short, growing pauses; 429
 * after the pause that the endpoint asks for, or a growing one; all else never, since it would fail
 * again.
 *
 * @param retries most times that a call is sent again after 5xx, time-out or reset
 * @param firstPause pause before the first of them; each later one is three times as long
 * @param within most time of these pauses together
 * @param rateLimitRetries most times that a call is sent again after 429
 * @param longestWait longest pause after 429; an endpoint that asks for more is not asked again
 */
public record RetryPolicy(
    int retries, Duration firstPause, Duration within, int rateLimitRetries, Duration longestWait) {

  /** Every call is sent once. */
  public static final RetryPolicy NONE =
      new RetryPolicy(0, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

  /** At most two retries within a second, and three after 429, up to ten seconds apart. */
  public static final RetryPolicy QUICK =
      new RetryPolicy(2, Duration.ofMillis(200), Duration.ofSeconds(1), 3, Duration.ofSeconds(10));

  /** Refuses negative counts. */
  public RetryPolicy {
    if (retries < 0 || rateLimitRetries < 0) {
      throw new IllegalArgumentException("negative retries: " + retries + ", " + rateLimitRetries);
    }
  }

  /**
   * Says how long to wait before the same call is sent again.
   *
   * @param failure why the call failed
   * @param failed how often the call has failed like that so far, this time included
   * @param paused pauses of this call so far, together
   * @return the pause; empty to give up
   */
  Optional<Duration> pause(ChatException failure, int failed, Duration paused) {
    if (failure.kind() == Kind.RATE_LIMITED) {
      if (failed > rateLimitRetries) {
        return Optional.empty();
      }
      var asked = failure.retryAfter().orElse(Duration.ofMillis(500L << Math.min(failed - 1, 10)));
      return asked.compareTo(longestWait) > 0 ? Optional.empty() : Optional.of(asked);
    }
    if (!passing(failure) || failed > retries) {
      return Optional.empty();
    }
    var own = firstPause.multipliedBy((long) Math.pow(3, Math.min(failed - 1, 10)));
    var asked = failure.retryAfter().orElse(own);
    var pause = asked.compareTo(own) > 0 ? asked : own;
    return paused.plus(pause).compareTo(within) > 0 ? Optional.empty() : Optional.of(pause);
  }

  private static boolean passing(ChatException failure) {
    return switch (failure.kind()) {
      case TIMEOUT, RESET -> true;
      case STATUS -> failure.status() >= 500;
      case UNREACHABLE, RATE_LIMITED, NOT_JSON, BAD_REPLY, TOO_LARGE, BAD_REQUEST, CLOSED -> false;
    };
  }
}
