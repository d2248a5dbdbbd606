package dev.redoubt.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use up at most. A limit of 0 allows nothing at all, which is a run whose every
 * attempt is unassessed.
 *
 * @param calls most calls to a target, retries included; {@link Integer#MAX_VALUE} for no limit
 * @param tokens most tokens read and written, as far as the target counts them; {@link
 *     Long#MAX_VALUE} for no limit
 * @param cost most that the calls may cost, in the currency of the target's price; absent for no
 *     limit
 * @param time longest that calls are begun; absent for no limit
 * @since 0.1.0
 */
public record Limits(int calls, long tokens, @Nullable Double cost, @Nullable Duration time) {
  /** No limit at all. */
  public static final Limits NONE = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, null, null);

  public Limits {
    if (calls < 0) {
      throw new IllegalArgumentException("the limit of calls must not be negative: " + calls);
    }
    if (tokens < 0) {
      throw new IllegalArgumentException("the limit of tokens must not be negative: " + tokens);
    }
    if (cost != null && !(cost >= 0)) {
      throw new IllegalArgumentException("the limit of cost must not be negative: " + cost);
    }
    if (time != null && time.isNegative()) {
      throw new IllegalArgumentException("the limit of time must not be negative: " + time);
    }
  }

  /** No limit but that of calls. */
  public static Limits ofCalls(int calls) {
    return new Limits(calls, Long.MAX_VALUE, null, null);
  }

  /** The same with another limit of calls. */
  public Limits withCalls(int most) {
    return new Limits(most, tokens, cost, time);
  }
}
