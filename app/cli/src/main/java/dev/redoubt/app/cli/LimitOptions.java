package dev.redoubt.app.cli;

import dev.redoubt.core.Limits;
import dev.redoubt.core.UsageException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run may use up at most. */
final class LimitOptions {
  @Option(
      names = "--max-calls",
      paramLabel = "N",
      description = "Most calls to each endpoint, retries included.")
  @Nullable Integer maxCalls;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Most tokens read and written, as far as the endpoint counts them.")
  @Nullable Long maxTokens;

  @Option(
      names = "--max-cost",
      paramLabel = "X",
      description = "Most that it may cost; the endpoint needs a price in redoubt.yaml.")
  @Nullable Double maxCost;

  @Option(
      names = "--max-minutes",
      paramLabel = "N",
      description = "No call is begun after so many minutes.")
  @Nullable Double maxMinutes;

  Limits limits() {
    requireNotNegative("--max-calls", maxCalls);
    requireNotNegative("--max-tokens", maxTokens);
    requireNotNegative("--max-cost", maxCost);
    requireNotNegative("--max-minutes", maxMinutes);
    return new Limits(
        maxCalls == null ? Integer.MAX_VALUE : maxCalls,
        maxTokens == null ? Long.MAX_VALUE : maxTokens,
        maxCost,
        maxMinutes == null ? null : Duration.ofMillis(Math.round(maxMinutes * 60_000)));
  }

  private static void requireNotNegative(String option, @Nullable Number value) {
    if (value != null && !(value.doubleValue() >= 0)) {
      throw new UsageException(option + " must be 0 or more, not " + value);
    }
  }

  /** The options as they were given, for the command that repeats a run. */
  String repeated() {
    return given("--max-calls", maxCalls)
        + given("--max-tokens", maxTokens)
        + given("--max-cost", maxCost)
        + given("--max-minutes", maxMinutes);
  }

  private static String given(String option, @Nullable Number value) {
    return value == null ? "" : " " + option + " " + value;
  }
}
