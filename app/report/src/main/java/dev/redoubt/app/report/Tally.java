package dev.redoubt.app.report;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Interval;
import dev.redoubt.core.Outcome;
import dev.redoubt.runtime.stats.ConfidenceSequence;
import dev.redoubt.runtime.stats.Proportions;
import java.util.Collection;

/**
 * Attempts counted into a rate.
 *
 * @param successes distinct attempts that succeeded
 * @param trials distinct attempts with a verdict: the n of the rate
 * @param planned attempts that were planned
 * @param unassessed attempts without a verdict
 * @param watched whether the run could stop early for what it saw
 */
public record Tally(int successes, int trials, int planned, int unassessed, boolean watched) {
  private static final double LEVEL = 0.95;

  public Tally {
    if (successes < 0 || successes > trials || unassessed < 0 || trials + unassessed > planned) {
      throw new IllegalArgumentException(
          "not a tally: %d of %d, %d planned, %d unassessed"
              .formatted(successes, trials, planned, unassessed));
    }
  }

  /** Counts of a run that was to make all its attempts. */
  public Tally(int successes, int trials, int planned, int unassessed) {
    this(successes, trials, planned, unassessed, false);
  }

  /** Counts attempts of one pass and objective; what was planned is how many there are. */
  public static Tally of(Collection<Attempt> attempts) {
    int successes = 0;
    int trials = 0;
    int unassessed = 0;
    for (Attempt attempt : attempts) {
      if (attempt.outcome() == Outcome.UNASSESSED) {
        unassessed++;
      } else if (attempt.counts()) {
        trials++;
        successes += attempt.outcome() == Outcome.SUCCEEDED ? 1 : 0;
      }
    }
    return new Tally(
        successes,
        trials,
        attempts.size(),
        unassessed,
        attempts.stream().anyMatch(Attempt::watched));
  }

  /**
   * Attempts with a verdict that repeat an earlier prompt and reply, so that the rate leaves them
   * out.
   */
  public int duplicates() {
    return planned - trials - unassessed;
  }

  /** Says whether there are enough trials for a rate: below that its interval says all. */
  public boolean speaks() {
    return trials >= Proportions.FEWEST;
  }

  /** The rate in 0 to 1, or NaN where there is no trial. */
  public double rate() {
    return trials == 0 ? Double.NaN : (double) successes / trials;
  }

  /**
   * The rate's 95 % interval, Wilson's or a confidence sequence; all of 0 to 1 where there is no
   * trial.
   */
  public Interval interval() {
    return watched
        ? new ConfidenceSequence(successes, trials, LEVEL).interval()
        : Proportions.wilson(successes, trials);
  }

  /** Adds another tally, as for the pooled rate. */
  public Tally plus(Tally other) {
    return new Tally(
        successes + other.successes,
        trials + other.trials,
        planned + other.planned,
        unassessed + other.unassessed,
        watched || other.watched);
  }
}
