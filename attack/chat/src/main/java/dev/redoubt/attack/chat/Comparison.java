package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Interval;
import dev.redoubt.core.Outcome;
import dev.redoubt.runtime.stats.Proportions;
import dev.redoubt.runtime.stats.Reproduction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two passes of the same attacks, side by side: by how much did the rates fall, and how sure is
 * that.
 *
 * <p>Attempts pair up by objective, technique, repetition and wording, which also gave them the
 * same sampling seed. A pair counts when both attempts have a verdict and neither repeats another.
 * Where no attempts pair up, as with new wordings, the difference is that of independent rates.
 *
 * @param objectives one for each objective that either pass tried, in the order of the first
 * @param pooled all objectives together
 * @param growths how attacks that spread did so, one for each objective of which either pass
 *     measured it
 * @since 0.1.0
 */
public record Comparison(List<Difference> objectives, Difference pooled, List<Growth> growths) {
  public Comparison {
    objectives = List.copyOf(objectives);
    growths = List.copyOf(growths);
  }

  /**
   * The difference of one objective, before minus after: positive when attacks became rarer.
   *
   * @param objective id of the objective, or {@code all}
   * @param before rate of the first pass
   * @param after rate of the second pass
   * @param pairs how the pairs split
   * @param difference before minus after: over the pairs, or of the two rates where there are none
   * @param interval 95 % interval of the difference: {@link Proportions#paired} over the pairs,
   *     {@link Proportions#newcombe} where there are none
   * @param pValue of McNemar's exact test over the pairs; 1 where there are none
   */
  public record Difference(
      String objective,
      ObjectiveRate before,
      ObjectiveRate after,
      Pairs pairs,
      double difference,
      Interval interval,
      double pValue) {

    /** Says whether the interval leaves out 0, and the rate fell. */
    public boolean fellForSure() {
      return interval.low() > 0;
    }
  }

  /**
   * How pairs of attempts split.
   *
   * @param both succeeded before and after
   * @param onlyBefore succeeded before only
   * @param onlyAfter succeeded after only
   * @param neither succeeded neither time
   * @param leftOut attempts of the first pass that have no counting partner
   */
  public record Pairs(int both, int onlyBefore, int onlyAfter, int neither, int leftOut) {
    /** Number of pairs. */
    public int size() {
      return both + onlyBefore + onlyAfter + neither;
    }
  }

  /**
   * How an attack spread in two passes.
   *
   * @param objective id of the objective
   * @param before its reproduction number in the first pass; absent when it was not measured
   * @param after that of the second pass; absent when it was not measured
   */
  public record Growth(
      String objective, @Nullable Reproduction before, @Nullable Reproduction after) {}

  /** Compares two passes. */
  public static Comparison of(CampaignResult before, CampaignResult after) {
    return of(before.attempts(), after.attempts());
  }

  /** Compares the attempts of two passes. */
  public static Comparison of(List<Attempt> before, List<Attempt> after) {
    Set<String> ids = new LinkedHashSet<>();
    before.forEach(a -> ids.add(a.objective()));
    after.forEach(a -> ids.add(a.objective()));
    var differences = new ArrayList<Difference>();
    for (String id : ids) {
      differences.add(difference(id, of(before, id), of(after, id)));
    }
    var growths = new ArrayList<Growth>();
    for (String id : ids) {
      Reproduction first = Reproduction.of(of(before, id)).orElse(null);
      Reproduction second = Reproduction.of(of(after, id)).orElse(null);
      if (first != null || second != null) {
        growths.add(new Growth(id, first, second));
      }
    }
    return new Comparison(differences, difference("all", before, after), growths);
  }

  /** The difference of an objective; empty when neither pass tried it. */
  public Optional<Difference> objective(String id) {
    return objectives.stream().filter(d -> d.objective().equals(id)).findFirst();
  }

  private static List<Attempt> of(List<Attempt> attempts, String objective) {
    return attempts.stream().filter(a -> a.objective().equals(objective)).toList();
  }

  private static Difference difference(
      String id, List<Attempt> beforeAttempts, List<Attempt> afterAttempts) {
    ObjectiveRate before = ObjectiveRate.of(id, beforeAttempts);
    ObjectiveRate after = ObjectiveRate.of(id, afterAttempts);
    Pairs pairs = pairs(beforeAttempts, afterAttempts);
    if (pairs.size() == 0) {
      return new Difference(
          id,
          before,
          after,
          pairs,
          before.rate() - after.rate(),
          Proportions.newcombe(
              before.successes(),
              before.trials(),
              after.successes(),
              after.trials(),
              Proportions.LEVEL),
          1);
    }
    return new Difference(
        id,
        before,
        after,
        pairs,
        (double) (pairs.onlyBefore() - pairs.onlyAfter()) / pairs.size(),
        Proportions.paired(
            pairs.both(),
            pairs.onlyBefore(),
            pairs.onlyAfter(),
            pairs.neither(),
            Proportions.LEVEL),
        Proportions.mcNemarExact(pairs.onlyBefore(), pairs.onlyAfter()));
  }

  private static Pairs pairs(List<Attempt> before, List<Attempt> after) {
    Map<Key, Attempt> partners = new HashMap<>();
    after.stream().filter(Attempt::counts).forEach(a -> partners.putIfAbsent(Key.of(a), a));
    int[] split = new int[4];
    int leftOut = 0;
    for (Attempt attempt : before) {
      Attempt partner = attempt.counts() ? partners.remove(Key.of(attempt)) : null;
      if (partner == null) {
        leftOut++;
      } else {
        int first = attempt.outcome() == Outcome.SUCCEEDED ? 0 : 2;
        int second = partner.outcome() == Outcome.SUCCEEDED ? 0 : 1;
        split[first + second]++;
      }
    }
    return new Pairs(split[0], split[1], split[2], split[3], leftOut);
  }

  private record Key(String objective, String technique, int repetition, int wording, long seed) {
    static Key of(Attempt a) {
      return new Key(a.objective(), a.technique(), a.repetition(), a.wording(), a.seed());
    }
  }
}
