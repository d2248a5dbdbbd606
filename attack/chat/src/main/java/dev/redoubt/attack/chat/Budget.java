package dev.redoubt.attack.chat;

import dev.redoubt.core.Limits;
import dev.redoubt.runtime.llm.ChatException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.LongSupplier;

/**
 * What may still be used up, and when a failed call may go out again. Shared by all calls of a
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

  /** A target that has said nothing but 429 for so long is not waited for any more. */
  private static final long LONGEST_STORM_NANOS = Duration.ofSeconds(30).toNanos();

  private static final long CALM = Long.MIN_VALUE;

  private final Limits limits;
  private final LongSupplier nanoTime;
  private final long begun;
  private final AtomicLong calls;
  private final AtomicLong tokens;
  private final DoubleAdder cost = new DoubleAdder();
  private final AtomicLong notBefore;
  private final AtomicLong stormSince = new AtomicLong(CALM);

  Budget(long calls, LongSupplier nanoTime) {
    this(Limits.ofCalls((int) Math.min(Integer.MAX_VALUE, calls)), AttemptUsage.NONE, nanoTime);
  }

  /**
   * @param before what an earlier part of the pass used up
   */
  Budget(Limits limits, AttemptUsage before, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    this.calls = new AtomicLong(before.calls());
    this.tokens = new AtomicLong(before.tokens());
    this.cost.add(before.cost());
    this.notBefore = new AtomicLong(begun);
  }

  /** Hears that the target answered something other than 429. */
  void calm() {
    stormSince.set(CALM);
  }

  /** Takes one call; false when none is left. */
  boolean take() {
    if (over().isPresent()) {
      return false;
    }
    return limits.calls() == Integer.MAX_VALUE
        || calls.getAndUpdate(n -> n < limits.calls() ? n + 1 : n) < limits.calls();
  }

  /** Takes note of what a reply used up. */
  void charge(long usedTokens, double costs) {
    tokens.addAndGet(usedTokens);
    cost.add(costs);
  }

  /** Which limit is reached; empty when none is. */
  Optional<String> over() {
    if (calls.get() >= limits.calls() && limits.calls() != Integer.MAX_VALUE) {
      return Optional.of("the limit of " + limits.calls() + " calls is reached");
    }
    if (tokens.get() >= limits.tokens()) {
      return Optional.of("the limit of " + limits.tokens() + " tokens is reached");
    }
    Double mostCost = limits.cost();
    if (mostCost != null && cost.sum() >= mostCost) {
      return Optional.of("the limit of cost, " + mostCost + ", is reached");
    }
    Duration longest = limits.time();
    if (longest != null && nanoTime.getAsLong() - begun >= longest.toNanos()) {
      return Optional.of("the limit of " + longest.toMinutes() + " minutes is reached");
    }
    return Optional.empty();
  }

  /** Waits while the target wants no calls. */
  void await() throws InterruptedException {
    long wait = notBefore.get() - nanoTime.getAsLong();
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
      long now = nanoTime.getAsLong();
      long until = now + asked.toNanos();
      stormSince.compareAndSet(CALM, now);
      if (until - stormSince.get() > LONGEST_STORM_NANOS) {
        return Optional.empty();
      }
      notBefore.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
      return Optional.of(asked);
    }
    calm();
    boolean passing =
        switch (failure.kind()) {
          case TIMEOUT, RESET -> true;
          case STATUS -> failure.status() >= 500;
          default -> false;
        };
    long pause = FIRST_PAUSE_MILLIS * (2L * tries - 1);
    boolean soon = nanoTime.getAsLong() - begun + Duration.ofMillis(pause).toNanos() < WITHIN_NANOS;
    return passing && tries <= RETRIES && soon
        ? Optional.of(Duration.ofMillis(pause))
        : Optional.empty();
  }
}
