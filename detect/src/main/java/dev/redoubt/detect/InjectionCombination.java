package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Weighs the two stages against each other on texts that neither has learned: the weight of the
 * first by the mean recall of the groups of attacks at one in a hundred false alarms, the threshold
 * by the share of false alarms.
 */
final class InjectionCombination {
  private static final double[] FIRST_WEIGHTS = {0, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3};
  private static final double RECALL_AT = 0.01;
  private static final int EVERY = 3;

  private final InjectionModel model;
  private final InjectionSecondStage second;
  private final List<Seen> seen = new ArrayList<>();

  /** What both stages say of a text. */
  private static final class Seen {
    private final InjectionExample example;

    /** For each uncertain window what the first stage says; none where it is certain. */
    private final double[] first;

    /** The log-odds of the second for each. */
    private final double[] odds;

    Seen(InjectionExample example, double[] first, double[] odds) {
      this.example = example;
      this.first = first;
      this.odds = odds;
    }

    double score(double weight) {
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < first.length; i++) {
        most = Math.max(most, weight * first[i] + odds[i]);
      }
      return most;
    }
  }

  private InjectionCombination(InjectionModel model, InjectionSecondStage second) {
    this.model = model;
    this.second = second;
  }

  /** Gives the model with weights and threshold for this second stage. */
  static InjectionModel fit(
      InjectionModel model,
      InjectionSecondStage second,
      List<InjectionExample> dev,
      InjectionSettings settings,
      Consumer<String> progress) {
    InjectionCombination combination = new InjectionCombination(model, second);
    int done = 0;
    int attacks = 0;
    for (InjectionExample e : dev) {
      // Enough attacks for shares; each that is not certain costs the second stage's time.
      if (!e.attack() || attacks++ % EVERY == 0) {
        combination.look(e);
      }
      if (++done % 1_000 == 0) {
        progress.accept(done + " of " + dev.size() + " seen by both stages");
      }
    }
    return model.with(combination.calibration(settings, progress));
  }

  private void look(InjectionExample e) {
    InjectionScan scan = new InjectionScan(model, e.text(), e.channel(), true);
    InjectionScan.@Nullable Seen top = scan.top();
    if (top == null || top.first() < scan.gate()) {
      seen.add(new Seen(e, new double[0], new double[0]));
      return;
    }
    List<InjectionScan.Seen> worst = scan.worst();
    float[] scores =
        second.score(
            worst.stream().map(w -> new InjectionWindow(w.text(), e.channel(), null)).toList());
    double[] first = new double[scores.length];
    double[] odds = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      first[i] = worst.get(i).first();
      odds[i] = InjectionCalibration.logOdds(scores[i]);
    }
    seen.add(new Seen(e, first, odds));
  }

  private InjectionCalibration calibration(InjectionSettings settings, Consumer<String> progress) {
    double bestWeight = 0;
    double best = -1;
    for (double weight : FIRST_WEIGHTS) {
      double recall = recall(weight);
      progress.accept(
          "first stage counts " + weight + ": mean recall " + Math.round(1e4 * recall) / 1e4);
      if (recall > best) {
        best = recall;
        bestWeight = weight;
      }
    }
    double weight = bestWeight;
    double ordinary = above(harmless(weight, false), settings.alarms());
    double traps = above(harmless(weight, true), settings.trapAlarms());
    return model.calibration().with(weight, Math.max(ordinary, traps));
  }

  private double recall(double weight) {
    double limit = above(harmless(weight, false), RECALL_AT);
    Map<String, int[]> groups = new HashMap<>();
    for (Seen s : seen) {
      if (s.example.attack()) {
        InjectionExample e = s.example;
        String kind = e.channel() + "|" + e.alienOnly() + "|" + spoken(e);
        int[] counts = groups.computeIfAbsent(kind, k -> new int[2]);
        counts[0] += s.score(weight) >= limit ? 1 : 0;
        counts[1]++;
      }
    }
    return groups.values().stream().mapToDouble(c -> (double) c[0] / c[1]).average().orElse(0);
  }

  /** Groups end with the language; one that is said is another than English. */
  private static boolean spoken(InjectionExample e) {
    return !e.group().endsWith("|");
  }

  private double[] harmless(double weight, boolean traps) {
    return seen.stream()
        .filter(s -> traps ? s.example.trap() && !s.example.attack() : s.example.ordinary())
        .mapToDouble(s -> s.score(weight))
        .sorted()
        .toArray();
  }

  /** A value that at most this share of sorted values reaches. */
  private static double above(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    int allowed = (int) Math.floor(share * sorted.length);
    double at = sorted[Math.max(0, sorted.length - 1 - allowed)];
    return Double.isInfinite(at) ? at : Math.nextUp(at);
  }
}
