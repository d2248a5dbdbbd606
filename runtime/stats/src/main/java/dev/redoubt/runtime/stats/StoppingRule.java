package dev.redoubt.runtime.stats;

import dev.redoubt.core.Interval;
import java.util.List;

/**
 * When a run knows enough. Asked after any trial, as often as one likes: it takes a {@link
 * ConfidenceSequence} and no other interval, since only that one still covers the rate afterwards.
 *
 * @since 0.1.0
 */
public sealed interface StoppingRule {
  /** What a rule has to say at the present number of trials. */
  enum Decision {
    /** Not known well enough yet. */
    CONTINUE,
    /** The interval is narrow enough. */
    PRECISE,
    /** The rate lies above the threshold. */
    ABOVE,
    /** The rate lies below the threshold. */
    BELOW
  }

  /** Decides on what was seen so far. */
  Decision decide(ConfidenceSequence seen);

  /**
   * Stops once the interval is at most this wide.
   *
   * @param width greatest width, in (0, 1]
   */
  record NarrowerThan(double width) implements StoppingRule {
    public NarrowerThan {
      if (!(width > 0 && width <= 1)) {
        throw new IllegalArgumentException("width must lie in (0, 1], not " + width);
      }
    }

    @Override
    public Decision decide(ConfidenceSequence seen) {
      Interval interval = seen.interval();
      return interval.high() - interval.low() <= width ? Decision.PRECISE : Decision.CONTINUE;
    }
  }

  /**
   * Stops once the whole interval lies above the threshold.
   *
   * @param threshold a rate, in [0, 1]
   */
  record Above(double threshold) implements StoppingRule {
    public Above {
      checkRate(threshold);
    }

    @Override
    public Decision decide(ConfidenceSequence seen) {
      return seen.interval().low() > threshold ? Decision.ABOVE : Decision.CONTINUE;
    }
  }

  /**
   * Stops once the whole interval lies below the threshold.
   *
   * @param threshold a rate, in [0, 1]
   */
  record Below(double threshold) implements StoppingRule {
    public Below {
      checkRate(threshold);
    }

    @Override
    public Decision decide(ConfidenceSequence seen) {
      return seen.interval().high() < threshold ? Decision.BELOW : Decision.CONTINUE;
    }
  }

  /**
   * Stops as soon as one of several rules does, with the decision of the first that does.
   *
   * @param rules in the order in which they are asked
   */
  record AnyOf(List<StoppingRule> rules) implements StoppingRule {
    public AnyOf {
      rules = List.copyOf(rules);
    }

    @Override
    public Decision decide(ConfidenceSequence seen) {
      for (StoppingRule rule : rules) {
        Decision decision = rule.decide(seen);
        if (decision != Decision.CONTINUE) {
          return decision;
        }
      }
      return Decision.CONTINUE;
    }
  }

  /** Gives a rule that stops once the rate is known to lie on one side of the threshold. */
  static StoppingRule decidedAt(double threshold) {
    return new AnyOf(List.of(new Above(threshold), new Below(threshold)));
  }

  private static void checkRate(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must lie in [0, 1], not " + threshold);
    }
  }
}
