package dev.redoubt.core;

/**
 * What an endpoint's tokens cost.
 *
 * @param inputPerMillion price of a million tokens read
 * @param outputPerMillion price of a million tokens written
 * @param currency ISO 4217 code
 * @since 0.1.0
 */
public record Price(double inputPerMillion, double outputPerMillion, String currency) {
  /** Refuses prices below nothing. */
  public Price {
    if (!(inputPerMillion >= 0) || !(outputPerMillion >= 0)) {
      throw new IllegalArgumentException("price " + inputPerMillion + ", " + outputPerMillion);
    }
  }

  /** What so many tokens cost, in {@link #currency}. */
  public double of(long prompt, long completion) {
    return (prompt * inputPerMillion + completion * outputPerMillion) / 1e6;
  }
}
