package dev.redoubt.bench;

import dev.redoubt.core.Interval;
import dev.redoubt.runtime.stats.ConfidenceSequence;
import dev.redoubt.runtime.stats.Proportions;
import dev.redoubt.runtime.stats.StoppingRule;
import dev.redoubt.runtime.stats.StoppingRule.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Coverage of the interval at which a run stopped that looked after every trial.
 *
 * <p>A rule sees the two counts alone, so the probability of stopping at each pair of counts can be
 * carried from trial to trial: exact, for a budget of 1,000 trials. The hardest "rule" stops at the
 * first interval that leaves the true rate out. Plans that mix techniques of unlike rates are
 * simulated.
 */
final class StoppingCoverage {
  private static final int BUDGET = 1_000;
  private static final double LIMIT = 0.95;
  private static final double[] RATES = {
    0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99
  };
  private static final int PLANS = 4_000;
  private static final int REPETITIONS = 30;
  private static final double[] TECHNIQUES = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0.02, 0.05, 0.05, 0.1, 0.1, 0.3, 0.3, 0.5, 0.7, 0.9, 1
  };
  private static final int WILSON_FROM = 10;
  private static final double THRESHOLD = 0.1;

  private StoppingCoverage() {}

  static void measure(CoverageRows rows) {
    rows.heading(
        "Confidence sequence, looked at after every trial, at most 1,000 trials; least of "
            + RATES.length
            + " rates, exact");
    Map<String, StoppingRule> rules = new LinkedHashMap<>();
    rules.put("stop when narrower than 0.2", new StoppingRule.NarrowerThan(0.2));
    rules.put("stop when narrower than 0.1", new StoppingRule.NarrowerThan(0.1));
    rules.put("stop when above or below 0.1", StoppingRule.decidedAt(THRESHOLD));
    rules.put("stop when above or below 0.5", StoppingRule.decidedAt(0.5));
    rules.put(
        "stop when narrower than 0.2, above 0.3 or below 0.05",
        new StoppingRule.AnyOf(
            List.of(
                new StoppingRule.NarrowerThan(0.2),
                new StoppingRule.Above(0.3),
                new StoppingRule.Below(0.05))));
    Ends sequence = new Ends((s, n) -> new ConfidenceSequence(s, n, Proportions.LEVEL).interval());
    rules.forEach((name, rule) -> rows.atLeast(name, least(sequence, stops(rule)), LIMIT));
    rows.atLeast(
        "stop when the true rate is left out, the worst of all rules", least(sequence), LIMIT);
    Ends wilson = new Ends(Proportions::wilson);
    rows.figure(
        "Wilson instead, above or below 0.1, from 10 trials on",
        least(wilson, wilsonStops(wilson)));
    rows.atLeast(
        "20 techniques of unlike rates, shuffled, worst rule, simulated", mixed(true), LIMIT);
    rows.figure("the same plan in order, one technique after the other", mixed(false));
  }

  private interface Method {
    Interval of(int successes, int trials);
  }

  private interface Stop {
    boolean at(int successes, int trials);
  }

  /** The interval ends of all counts up to the budget. */
  private static final class Ends {
    private final double[][] low = new double[BUDGET + 1][];
    private final double[][] high = new double[BUDGET + 1][];

    Ends(Method method) {
      for (int n = 1; n <= BUDGET; n++) {
        low[n] = new double[n + 1];
        high[n] = new double[n + 1];
        for (int s = 0; s <= n; s++) {
          Interval interval = method.of(s, n);
          low[n][s] = interval.low();
          high[n][s] = interval.high();
        }
      }
    }

    boolean cover(int successes, int trials, double p) {
      return low[trials][successes] <= p && p <= high[trials][successes];
    }
  }

  /** Asks the rule once for all counts, not once for each rate. */
  private static Stop stops(StoppingRule rule) {
    boolean[][] stops = new boolean[BUDGET + 1][];
    for (int n = 1; n <= BUDGET; n++) {
      stops[n] = new boolean[n + 1];
      for (int s = 0; s <= n; s++) {
        var seen = new ConfidenceSequence(s, n, Proportions.LEVEL);
        stops[n][s] = rule.decide(seen) != Decision.CONTINUE;
      }
    }
    return (s, n) -> stops[n][s];
  }

  private static Stop wilsonStops(Ends ends) {
    return (s, n) ->
        n >= WILSON_FROM && (ends.low[n][s] > THRESHOLD || ends.high[n][s] < THRESHOLD);
  }

  private static double least(Ends ends, Stop stop) {
    return Arrays.stream(RATES).map(p -> coverage(ends, stop, p)).min().orElseThrow();
  }

  private static double least(Ends ends) {
    return Arrays.stream(RATES)
        .map(p -> coverage(ends, (s, n) -> !ends.cover(s, n, p), p))
        .min()
        .orElseThrow();
  }

  private static double coverage(Ends ends, Stop stop, double p) {
    double covered = 0;
    var running = new double[BUDGET + 1];
    running[0] = 1;
    for (int n = 1; n <= BUDGET; n++) {
      for (int s = n; s >= 0; s--) {
        double mass = running[s] * (1 - p) + (s > 0 ? running[s - 1] * p : 0);
        if (mass > 0 && (n == BUDGET || stop.at(s, n))) {
          covered += ends.cover(s, n, p) ? mass : 0;
          mass = 0;
        }
        running[s] = mass;
      }
    }
    return covered;
  }

  /** Share of plans whose mean rate no interval ever left out. */
  private static double mixed(boolean shuffled) {
    var random = new SplittableRandom(20_260_101);
    double mean = Arrays.stream(TECHNIQUES).average().orElseThrow();
    int covered = 0;
    for (int plan = 0; plan < PLANS; plan++) {
      covered += neverLeftOut(plan(random, shuffled), mean, random) ? 1 : 0;
    }
    return (double) covered / PLANS;
  }

  private static List<Double> plan(SplittableRandom random, boolean shuffled) {
    var plan = new ArrayList<Double>();
    for (double rate : TECHNIQUES) {
      for (int i = 0; i < REPETITIONS; i++) {
        plan.add(rate);
      }
    }
    for (int i = plan.size() - 1; shuffled && i > 0; i--) {
      int j = random.nextInt(i + 1);
      plan.set(i, plan.set(j, plan.get(i)));
    }
    return plan;
  }

  private static boolean neverLeftOut(List<Double> plan, double mean, SplittableRandom random) {
    ConfidenceSequence seen = ConfidenceSequence.start();
    for (double rate : plan) {
      seen = seen.observe(random.nextDouble() < rate);
      if (!seen.interval().contains(mean)) {
        return false;
      }
    }
    return true;
  }
}
