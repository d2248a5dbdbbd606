package dev.redoubt.attack.chat.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The attacker without a model: looks for the combination of tactics that a target gives in to, and
 * learns from each reply. What a reply complains about is changed, what it warms to is kept, what
 * it names as a condition is tried, and what nothing is known of is explored. Not thread-safe.
 */
final class RuleSearch {
  private static final double DROP = 3;
  private static final double KEEP = 1.5;
  private static final double NAMED = 6;
  private static final double HEAT = 0.7;

  private final Tactics tactics;
  private final RandomGenerator random;
  private final double[][] weights;
  private double usual = 0.3;

  RuleSearch(Tactics tactics, RandomGenerator random) {
    this.tactics = tactics;
    this.random = random;
    this.weights =
        tactics.dimensions().stream()
            .map(d -> new double[d.values().size()])
            .toArray(double[][]::new);
  }

  /** A choice by what is known so far; what is unknown is drawn. */
  int[] next() {
    var choice = new int[weights.length];
    for (int d = 0; d < choice.length; d++) {
      choice[d] = draw(weights[d]);
    }
    return choice;
  }

  /** The same choice with one part drawn anew. */
  int[] vary(int[] choice) {
    int[] other = Arrays.copyOf(choice, choice.length);
    int d = random.nextInt(other.length);
    other[d] = draw(weights[d]);
    if (Arrays.equals(other, choice)) {
      other[d] = random.nextInt(weights[d].length);
    }
    return other;
  }

  /** Sampling in proportion to the exponential of the weight. */
  private int draw(double[] of) {
    double most = Arrays.stream(of).max().orElse(0);
    double[] shares = Arrays.stream(of).map(w -> Math.exp((w - most) / HEAT)).toArray();
    double left = random.nextDouble() * Arrays.stream(shares).sum();
    for (int i = 0; i < shares.length; i++) {
      left -= shares[i];
      if (left < 0) {
        return i;
      }
    }
    return shares.length - 1;
  }

  /** Learns from the reply to a choice. */
  void learn(int[] choice, ReplySignals reply) {
    double surprise = reply.score() - usual;
    usual = 0.8 * usual + 0.2 * reply.score();
    for (int d = 0; d < choice.length; d++) {
      Tactics.Dimension dimension = tactics.dimensions().get(d);
      weights[d][choice[d]] += surprise;
      for (ReplySignals.Clause clause : reply.clauses()) {
        hear(d, dimension, choice[d], clause);
      }
    }
  }

  private void hear(int d, Tactics.Dimension dimension, int chosen, ReplySignals.Clause clause) {
    List<Tactics.Value> values = dimension.values();
    boolean named = false;
    for (int v = 0; v < values.size(); v++) {
      if (clause.mentions(values.get(v).words())) {
        named = true;
        if (clause.condition()) {
          weights[d][v] += NAMED;
        } else if (v == chosen) {
          weights[d][v] += clause.negative() ? -DROP : KEEP;
        }
      }
    }
    if (!named && clause.mentions(dimension.cues())) {
      weights[d][chosen] += clause.negative() ? -DROP : KEEP;
    }
  }

  /** What a choice says of a request. */
  String text(int[] choice, String request) {
    return tactics.compose(choice, request);
  }

  /** What is believed of a choice, for pruning; higher is better. */
  double belief(int[] choice) {
    double sum = 0;
    for (int d = 0; d < choice.length; d++) {
      sum += weights[d][choice[d]];
    }
    return sum;
  }

  /** Several different choices. */
  List<int[]> several(int count) {
    var all = new ArrayList<int[]>();
    for (int tries = 0; all.size() < count && tries < 20 * count; tries++) {
      int[] choice = next();
      if (all.stream().noneMatch(known -> Arrays.equals(known, choice))) {
        all.add(choice);
      }
    }
    return all;
  }
}
