package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Fact;
import dev.redoubt.core.Finding;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.Twin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pass found.
 *
 * @param runId id of the run
 * @param pass name of the pass
 * @param seed seed of the run
 * @param attempts attempts that were made or left out, in the order of the plan
 * @param twins ordinary questions that were asked beside composed attacks
 * @param planned attempts of the plan, ordinary questions left out
 * @param rates one for each objective, in the order of the plan
 * @param extraction how much came out over many calls; absent when no objective asked
 * @param findings what is wrong, worst first
 * @param facts what was established about the system
 * @param coverage what was and was not tested
 * @param usage what it took
 * @param stopped why it ended before its plan and can be resumed; absent when it did not
 * @param unreachable what is set up wrong, in one line, when that left every attempt without a
 *     verdict; else absent
 * @since 0.1.0
 */
public record CampaignResult(
    String runId,
    String pass,
    long seed,
    List<Attempt> attempts,
    List<Twin> twins,
    int planned,
    List<ObjectiveRate> rates,
    @Nullable Extraction extraction,
    List<Finding> findings,
    List<Fact> facts,
    Coverage coverage,
    Usage usage,
    @Nullable String stopped,
    @Nullable String unreachable) {
  public CampaignResult {
    attempts = List.copyOf(attempts);
    twins = List.copyOf(twins);
    rates = List.copyOf(rates);
    findings = List.copyOf(findings);
    facts = List.copyOf(facts);
  }

  /**
   * What a pass took, earlier parts of a resumed one included.
   *
   * @param calls calls to the target, retries included
   * @param planted texts that were planted
   * @param promptTokens tokens read, as far as the target says
   * @param completionTokens tokens written, as far as the target says
   * @param cost what those cost, as far as a price is known; 0 else
   * @param time time that calls took, added up
   */
  public record Usage(
      long calls,
      long planted,
      long promptTokens,
      long completionTokens,
      double cost,
      Duration time) {}

  /**
   * Insists that the target was there.
   *
   * @throws TargetUnreachableException when no call could ever work
   */
  public CampaignResult requireReached() {
    if (unreachable != null) {
      throw new TargetUnreachableException(unreachable);
    }
    return this;
  }

  /** The rate of an objective; empty when it was not in the plan. */
  public Optional<ObjectiveRate> rate(String objective) {
    return rates.stream().filter(r -> r.objective().equals(objective)).findFirst();
  }

  /** The rate over all objectives. */
  public ObjectiveRate pooled() {
    return ObjectiveRate.of("all", attempts);
  }
}
