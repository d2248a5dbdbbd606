package dev.redoubt.attack.chat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pass of a campaign does.
 *
 * @param pass name of the pass, first part of the ids of its attempts: {@code run} where there is
 *     only one, else such as {@code before}, {@code after}, {@code new-wordings}
 * @param objectives ids; empty for all
 * @param techniques ids; empty for all that have wordings of the set
 * @param repetitions of each objective by each technique, at least 1
 * @param wordings which wordings
 * @param seed seed of the run; with the same seed the calls of two passes pair up
 * @param temperature sampling temperature, above 0: a rate over one fixed answer says nothing
 * @param concurrency most calls at the same time, at least 1; objectives that a tool ledger judges
 *     are called one at a time whatever it says, so that a record has one possible cause
 * @param maxCalls most calls to the target, retries included, at least 1
 * @param timeout time for one call
 * @param maxTokens most tokens of an answer; absent leaves it to the target
 * @since 0.1.0
 */
public record CampaignSpec(
    String pass,
    List<String> objectives,
    List<String> techniques,
    int repetitions,
    WordingSet wordings,
    long seed,
    double temperature,
    int concurrency,
    int maxCalls,
    Duration timeout,
    @Nullable Integer maxTokens) {
  private static final int MOST_REPETITIONS = 100_000;
  private static final int MOST_CONCURRENT = 1024;

  public CampaignSpec {
    objectives = List.copyOf(objectives);
    techniques = List.copyOf(techniques);
    if (!pass.matches("[a-z0-9][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "a pass is named in small letters, digits and dashes, not '" + pass + "'");
    }
    if (repetitions < 1 || repetitions > MOST_REPETITIONS) {
      throw new IllegalArgumentException(
          "repetitions must lie in 1…" + MOST_REPETITIONS + ", not " + repetitions);
    }
    if (!(temperature > 0 && temperature <= 2)) {
      throw new IllegalArgumentException(
          "temperature must lie above 0 and up to 2, not " + temperature);
    }
    if (concurrency < 1 || concurrency > MOST_CONCURRENT) {
      throw new IllegalArgumentException(
          "concurrency must lie in 1…" + MOST_CONCURRENT + ", not " + concurrency);
    }
    if (maxCalls < 1) {
      throw new IllegalArgumentException("max calls must be at least 1, not " + maxCalls);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "the timeout must be at least 1 second, not " + timeout.toSeconds());
    }
  }

  /** All objectives by all techniques, 3 times each, one call at a time, at temperature 0.7. */
  public static CampaignSpec of(long seed) {
    return new CampaignSpec(
        "run",
        List.of(),
        List.of(),
        3,
        WordingSet.FIRST,
        seed,
        0.7,
        1,
        Integer.MAX_VALUE,
        Duration.ofSeconds(60),
        null);
  }

  /** The same under another name of the pass. */
  public CampaignSpec withPass(String name) {
    return new CampaignSpec(
        name,
        objectives,
        techniques,
        repetitions,
        wordings,
        seed,
        temperature,
        concurrency,
        maxCalls,
        timeout,
        maxTokens);
  }

  /** The same with these objectives. */
  public CampaignSpec withObjectives(List<String> ids) {
    return new CampaignSpec(
        pass,
        ids,
        techniques,
        repetitions,
        wordings,
        seed,
        temperature,
        concurrency,
        maxCalls,
        timeout,
        maxTokens);
  }

  /** The same with these techniques. */
  public CampaignSpec withTechniques(List<String> ids) {
    return new CampaignSpec(
        pass,
        objectives,
        ids,
        repetitions,
        wordings,
        seed,
        temperature,
        concurrency,
        maxCalls,
        timeout,
        maxTokens);
  }

  /** The same with so many repetitions. */
  public CampaignSpec withRepetitions(int count) {
    return new CampaignSpec(
        pass,
        objectives,
        techniques,
        count,
        wordings,
        seed,
        temperature,
        concurrency,
        maxCalls,
        timeout,
        maxTokens);
  }

  /** The same with other wordings. */
  public CampaignSpec withWordings(WordingSet set) {
    return new CampaignSpec(
        pass,
        objectives,
        techniques,
        repetitions,
        set,
        seed,
        temperature,
        concurrency,
        maxCalls,
        timeout,
        maxTokens);
  }

  /** The same at another temperature. */
  public CampaignSpec withTemperature(double value) {
    return new CampaignSpec(
        pass,
        objectives,
        techniques,
        repetitions,
        wordings,
        seed,
        value,
        concurrency,
        maxCalls,
        timeout,
        maxTokens);
  }

  /** The same with so many calls at the same time. */
  public CampaignSpec withConcurrency(int count) {
    return new CampaignSpec(
        pass,
        objectives,
        techniques,
        repetitions,
        wordings,
        seed,
        temperature,
        count,
        maxCalls,
        timeout,
        maxTokens);
  }

  /** The same with another limit of calls. */
  public CampaignSpec withMaxCalls(int count) {
    return new CampaignSpec(
        pass,
        objectives,
        techniques,
        repetitions,
        wordings,
        seed,
        temperature,
        concurrency,
        count,
        timeout,
        maxTokens);
  }

  /** The same with another time for a call. */
  public CampaignSpec withTimeout(Duration time) {
    return new CampaignSpec(
        pass,
        objectives,
        techniques,
        repetitions,
        wordings,
        seed,
        temperature,
        concurrency,
        maxCalls,
        time,
        maxTokens);
  }

  /** The same with another limit of an answer's tokens. */
  public CampaignSpec withMaxTokens(@Nullable Integer count) {
    return new CampaignSpec(
        pass,
        objectives,
        techniques,
        repetitions,
        wordings,
        seed,
        temperature,
        concurrency,
        maxCalls,
        timeout,
        count);
  }
}
