package dev.redoubt.attack.chat;

import dev.redoubt.runtime.llm.ChatException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls may still go out, and when a failed one may go out again. Shared by all calls of a
 * pass; thread-safe.
 */
final class Budget {
  /** 5xx, time-outs, broken connections: twice more, and done within a second. */
  private static final int RETRIES = 2;

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long WITHIN_NANOS = Duration.ofSeconds(1).toNanos();

  /** 429: as the target asks, within reason. */
  private static final int RATE_LIMIT_RETRIES = 4;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final AtomicLong left;
  private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

  Budget(long calls) {
    this.left = new AtomicLong(calls);
  }

  /** Takes one call; false when none is left. */
  boolean take() {
    return left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0;
  }

  boolean spent() {
    return left.get() <= 0;
  }

  /** Waits while the target wants no calls. */
  void await() throws InterruptedException {
    long wait = notBefore.get() - System.nanoTime();
    if (wait > 0) {
      Thread.sleep(Duration.ofNanos(wait));
    }
  }

  /**
   * Says how long to wait before a failed call goes out again.
   *
   * @param failure why it failed
   * @param tries how often the call went out so far
   * @param begun when the first of them did, by {@link System#nanoTime}
   * @return empty to give up
   */
  Optional<Duration> pause(ChatException failure, int tries, long begun) {
    if (failure.kind() == ChatException.Kind.RATE_LIMITED) {
      Duration asked =
          failure.retryAfter().orElse(Duration.ofMillis(250L << Math.min(tries - 1, 5)));
      if (tries > RATE_LIMIT_RETRIES || asked.compareTo(LONGEST_WAIT) > 0) {
        return Optional.empty();
      }
      long until = System.nanoTime() + asked.toNanos();
      notBefore.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
      return Optional.of(asked);
    }
    boolean passing =
        switch (failure.kind()) {
          case TIMEOUT, RESET -> true;
          case STATUS -> failure.status() >= 500;
          default -> false;
        };
    long pause = FIRST_PAUSE_MILLIS * (2L * tries - 1);
    boolean soon = System.nanoTime() - begun + Duration.ofMillis(pause).toNanos() < WITHIN_NANOS;
    return passing && tries <= RETRIES && soon
        ? Optional.of(Duration.ofMillis(pause))
        : Optional.empty();
  }
}
