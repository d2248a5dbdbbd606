package dev.redoubt.guard.gateway;

import java.time.Duration;

/**
 * How much a gateway takes and how long it waits.
 *
 * @param requestBytes longest request body; more is answered with 413
 * @param replyBytes longest upstream reply that is read whole, and longest event of a stream; more
 *     is answered with 502
 * @param connect longest wait for a connection to the upstream
 * @param silence longest wait for the upstream's next byte; more is answered with 504
 * @since 0.1.0
 */
public record GatewayLimits(int requestBytes, int replyBytes, Duration connect, Duration silence) {
  /** 8 MiB each way, 5 seconds to connect, 5 minutes of silence. */
  public static final GatewayLimits DEFAULT =
      new GatewayLimits(8 << 20, 8 << 20, Duration.ofSeconds(5), Duration.ofMinutes(5));

  public GatewayLimits {
    if (requestBytes < 1 || replyBytes < 1 || !connect.isPositive() || !silence.isPositive()) {
      throw new IllegalArgumentException(
          "limits must be positive: "
              + requestBytes
              + " bytes, "
              + replyBytes
              + " bytes, "
              + connect
              + ", "
              + silence);
    }
  }
}
