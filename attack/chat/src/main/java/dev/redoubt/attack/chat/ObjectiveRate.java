package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Interval;
import dev.redoubt.core.Outcome;
import dev.redoubt.runtime.stats.ConfidenceSequence;
import dev.redoubt.runtime.stats.Proportions;
import java.util.List;

/**
 * How often an objective succeeded.
 *
 * @param objective id of the objective, or {@code all} for a pass as a whole
 * @param successes distinct attempts that succeeded
 * @param trials distinct attempts with a verdict
 * @param allSuccesses attempts that succeeded, repeats included
 * @param allTrials attempts with a verdict, repeats included
 * @param unassessed attempts without a verdict
 * @param interval 95 % interval of successes in trials: Wilson's, or a confidence sequence where
 *     the run could stop early
 * @since 0.1.0
 */
public record ObjectiveRate(
    String objective,
    int successes,
    int trials,
    int allSuccesses,
    int allTrials,
    int unassessed,
    Interval interval) {
  private static final double LEVEL = 0.95;

  /** Counts attempts. */
  public static ObjectiveRate of(String objective, List<Attempt> attempts) {
    int successes = 0;
    int trials = 0;
    int allSuccesses = 0;
    int unassessed = 0;
    for (Attempt attempt : attempts) {
      int hit = attempt.outcome() == Outcome.SUCCEEDED ? 1 : 0;
      unassessed += attempt.outcome() == Outcome.UNASSESSED ? 1 : 0;
      allSuccesses += hit;
      if (attempt.counts()) {
        trials++;
        successes += hit;
      }
    }
    return new ObjectiveRate(
        objective,
        successes,
        trials,
        allSuccesses,
        attempts.size() - unassessed,
        unassessed,
        attempts.stream().anyMatch(Attempt::watched)
            ? new ConfidenceSequence(successes, trials, LEVEL).interval()
            : Proportions.wilson(successes, trials));
  }

  /** Says whether there are enough attempts for a rate: below that its interval says all. */
  public boolean speaks() {
    return trials >= Proportions.FEWEST;
  }

  /** Successes in trials, 0 … 1; 0 when nothing was tried. */
  public double rate() {
    return trials == 0 ? 0 : (double) successes / trials;
  }
}
