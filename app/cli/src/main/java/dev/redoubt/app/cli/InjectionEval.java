package dev.redoubt.app.cli;

import dev.redoubt.core.Interval;
import dev.redoubt.detect.InjectionVerdict;
import dev.redoubt.detect.PromptRows;
import dev.redoubt.runtime.stats.Proportions;
import dev.redoubt.runtime.stats.RankedScores;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The figures of {@code guard eval}, collected row by row without the texts. */
final class InjectionEval {
  /** The share of false alarms at which recall is told. */
  static final double SHARE = 0.01;

  private record Scored(
      double score,
      @Nullable Integer label,
      String source,
      String kind,
      String lang,
      boolean first) {
    boolean flagged() {
      return score >= InjectionVerdict.THRESHOLD;
    }
  }

  private final String models;
  private final List<Scored> rows = new ArrayList<>();
  private int unscored;
  private int unjudged;
  private boolean alone;
  private long nanos;

  InjectionEval(String models) {
    this.models = models;
  }

  void add(PromptRows.Row row, InjectionVerdict verdict, long took) {
    rows.add(
        new Scored(
            verdict.score(),
            row.label(),
            row.word("source").intern(),
            row.word("kind").intern(),
            row.word("lang").intern(),
            verdict.decidedBy() != InjectionVerdict.DecidedBy.BOTH_STAGES));
    alone |= verdict.decidedBy() == InjectionVerdict.DecidedBy.FIRST_STAGE_ALONE;
    unjudged += verdict.unjudged() > 0 ? 1 : 0;
    nanos += took;
  }

  void unscored() {
    unscored++;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  private static double[] scores(List<Scored> rows, int label) {
    return rows.stream()
        .filter(r -> r.label() != null && r.label() == label)
        .mapToDouble(Scored::score)
        .toArray();
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    RankedScores all = RankedScores.of(scores(rows, 1), scores(rows, 0));
    map.put("models", models);
    map.put("threshold", InjectionVerdict.THRESHOLD);
    map.put("rows", rows.size() + unscored);
    map.put("scored", rows.size());
    map.put("notScored", unscored);
    map.put("withoutLabel", rows.size() - all.positives() - all.negatives());
    map.put("flagged", rows.stream().filter(Scored::flagged).count());
    map.putAll(figures(all, all));
    map.put("firstStageDecided", share(firstOfBenign(), all.negatives()));
    map.put("rowsWithUnjudgedWindows", unjudged);
    map.put("firstStageAlone", alone);
    map.put("meanMillis", rows.isEmpty() ? 0 : nanos / 1e6 / rows.size());
    map.put("bySource", groups(Scored::source, all));
    map.put("byKind", groups(Scored::kind, all));
    map.put("byLanguage", groups(Scored::lang, all));
    return map;
  }

  private int firstOfBenign() {
    return (int)
        rows.stream().filter(r -> r.label() != null && r.label() == 0 && r.first()).count();
  }

  /** Figures of a group; recall at one in a hundred is that at all rows' false alarms. */
  private static Map<String, Object> figures(RankedScores group, RankedScores all) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("attacks", group.positives());
    map.put("benign", group.negatives());
    if (group.comparable()) {
      map.put("auc", value(group.auc(), group.aucInterval()));
      int found = group.found(group.thresholdAt(SHARE));
      map.put("recallAt1PercentOfOwnBenign", share(found, group.positives()));
    }
    if (group.positives() > 0) {
      if (all.negatives() > 0) {
        int found = group.found(all.thresholdAt(SHARE));
        map.put("recallAt1Percent", share(found, group.positives()));
      }
      int flagged = group.found(InjectionVerdict.THRESHOLD);
      map.put("recallAtThreshold", share(flagged, group.positives()));
    }
    if (group.negatives() > 0) {
      int alarms = group.falseAlarms(InjectionVerdict.THRESHOLD);
      map.put("falseAlarmsAtThreshold", share(alarms, group.negatives()));
    }
    return map;
  }

  private Map<String, Object> groups(Function<Scored, String> key, RankedScores all) {
    Map<String, List<Scored>> by = new TreeMap<>();
    for (Scored row : rows) {
      by.computeIfAbsent(key.apply(row), k -> new ArrayList<>()).add(row);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    by.forEach((name, group) ->
        map.put(
            name.isEmpty() ? "(not said)" : name,
            figures(RankedScores.of(scores(group, 1), scores(group, 0)), all)));
    return map;
  }

  private static Map<String, Object> share(int count, int of) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("count", count);
    map.put("of", of);
    if (of > 0) {
      map.putAll(value((double) count / of, Proportions.wilson(count, of)));
    }
    return map;
  }

  private static Map<String, Object> value(double value, Interval interval) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("value", value);
    map.put("low", interval.low());
    map.put("high", interval.high());
    return map;
  }

  void print(PrintWriter out) {
    Map<String, Object> map = asMap();
    out.printf("%d rows scored by %s%n", rows.size(), models);
    if (alone) {
      out.println("  the first stage decided alone, by its strict threshold");
    }
    out.printf(
        "  %s attacks, %s benign, %s without a label, %s not scored, %s flagged at %.2f%n",
        map.get("attacks"),
        map.get("benign"),
        map.get("withoutLabel"),
        unscored,
        map.get("flagged"),
        InjectionVerdict.THRESHOLD);
    line(out, map, "auc", "area under the curve");
    line(out, map, "recallAt1Percent", "recall at 1 % false alarms");
    line(out, map, "recallAtThreshold", "recall at the shipped threshold");
    line(out, map, "falseAlarmsAtThreshold", "false alarms at the shipped threshold");
    line(out, map, "firstStageDecided", "benign rows that the first stage decided");
    out.printf(Locale.ROOT, "  %.2f ms a row%n", nanos / 1e6 / Math.max(1, rows.size()));
    for (String group : List.of("bySource", "byKind", "byLanguage")) {
      table(out, group, map.get(group));
    }
  }

  private static void line(PrintWriter out, Map<?, ?> map, String key, String words) {
    if (map.get(key) instanceof Map<?, ?> figure && figure.get("value") != null) {
      out.printf(Locale.ROOT, "  %-42s %s%n", words, cell(figure, true));
    }
  }

  private static String cell(@Nullable Object figure, boolean interval) {
    if (!(figure instanceof Map<?, ?> map) || !(map.get("value") instanceof Double value)) {
      return "-";
    }
    return interval
            && map.get("low") instanceof Double low
            && map.get("high") instanceof Double high
        ? String.format(Locale.ROOT, "%.1f %% (%.1f-%.1f)", 100 * value, 100 * low, 100 * high)
        : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  private static void table(PrintWriter out, String name, @Nullable Object groups) {
    if (!(groups instanceof Map<?, ?> map) || map.size() < 2) {
      return;
    }
    out.printf(
        "%n  %-34s %8s %8s %9s %9s %9s %9s %9s%n",
        name, "attacks", "benign", "auc", "@1% own", "@1% all", "recall", "alarms");
    map.forEach((key, value) -> {
      if (value instanceof Map<?, ?> row) {
        List<String> cells = new ArrayList<>();
        for (String figure :
            Arrays.asList(
                "auc",
                "recallAt1PercentOfOwnBenign",
                "recallAt1Percent",
                "recallAtThreshold",
                "falseAlarmsAtThreshold")) {
          cells.add(cell(row.get(figure), false));
        }
        out.printf(
            "  %-34s %8s %8s %9s %9s %9s %9s %9s%n",
            Words.safe(String.valueOf(key), 34),
            row.get("attacks"),
            row.get("benign"),
            cells.get(0),
            cells.get(1),
            cells.get(2),
            cells.get(3),
            cells.get(4));
      }
    });
  }
}
