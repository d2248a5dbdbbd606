package dev.redoubt.runtime.llm;

import java.time.Duration;

/**
 * Spreads calls over time: at most so many a second, and none before an endpoint that said "too
 * many" wants them again. First come, first served.
 */
final class Pace {
  private final long gapNanos;
  private long nextFree = System.nanoTime();

  /**
   * @param callsPerSecond most calls a second; 0 for no limit
   */
  Pace(double callsPerSecond) {
    this.gapNanos = callsPerSecond > 0 ? (long) (1e9 / callsPerSecond) : 0;
  }

  /** Waits for this call's turn. */
  void await() throws InterruptedException {
    long wait;
    synchronized (this) {
      long now = System.nanoTime();
      if (nextFree - now < 0) {
        nextFree = now;
      }
      wait = nextFree - now;
      nextFree += gapNanos;
    }
    if (wait > 0) {
      Thread.sleep(Duration.ofNanos(wait));
    }
  }

  /** Lets no call start before the pause is over. */
  synchronized void hold(Duration pause) {
    long until = System.nanoTime() + pause.toNanos();
    if (until - nextFree > 0) {
      nextFree = until;
    }
  }
}
