package dev.redoubt.guard.engine;

import java.time.Duration;

/**
 * What a scan may cost; beyond it a scanner counts as not run.
 *
 * @param budget longest time of one scanner on one text
 * @param maxCharacters longest text that is looked at, in UTF-16 characters
 * @param holdBack how many characters of a streamed answer are held back, so that what is
 *     recognised within them never leaves in part
 * @since 0.1.0
 */
public record ScanLimits(Duration budget, int maxCharacters, int holdBack) {
  /**
   * Five seconds, which leaves room for a busy machine, 200,000 characters, and 384 held back: a
   * secret of 20 characters that is spelled out in words.
   */
  public static final ScanLimits DEFAULT = new ScanLimits(Duration.ofSeconds(5), 200_000, 384);

  public ScanLimits {
    if (budget.isNegative() || budget.isZero() || maxCharacters < 1 || holdBack < 1) {
      throw new IllegalArgumentException(
          "not limits: " + budget + ", " + maxCharacters + ", " + holdBack);
    }
  }
}
