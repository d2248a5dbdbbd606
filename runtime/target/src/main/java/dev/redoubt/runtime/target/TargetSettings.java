package dev.redoubt.runtime.target;

import java.time.Duration;

/**
 * How much patience there is with a target.
 *
 * @param timeout longest wait for a whole reply
 * @param connectTimeout longest wait for a connection
 * @param maxReplyBytes most bytes of a reply, headers aside: answers of a chat are short, and more
 *     is an attack on us
 * @since 0.1.0
 */
public record TargetSettings(Duration timeout, Duration connectTimeout, int maxReplyBytes) {
  /** A minute for a reply of at most 256 KiB, five seconds for a connection. */
  public static final TargetSettings DEFAULT =
      new TargetSettings(Duration.ofSeconds(60), Duration.ofSeconds(5), 256 * 1024);

  /** Refuses limits that let nothing through. */
  public TargetSettings {
    if (timeout.isNegative() || timeout.isZero() || maxReplyBytes < 1) {
      throw new IllegalArgumentException("no reply fits " + timeout + ", " + maxReplyBytes);
    }
  }

  /** The same with another time-out. */
  public TargetSettings withTimeout(Duration limit) {
    return new TargetSettings(limit, connectTimeout, maxReplyBytes);
  }

  /** The same with another bound of replies. */
  public TargetSettings withMaxReplyBytes(int limit) {
    return new TargetSettings(timeout, connectTimeout, limit);
  }
}
