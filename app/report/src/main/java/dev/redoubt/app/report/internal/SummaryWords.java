package dev.redoubt.app.report.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Summary;
import dev.redoubt.app.report.Tally;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the sentences of the summary. */
@AutoService(Summary.Author.class)
public final class SummaryWords implements Summary.Author {
  /** Most gaps that a sentence lists; the coverage section lists all. */
  private static final int MAX_GAPS = 4;

  @Override
  public Summary summarise(Report report) {
    Demo demo = report.demo();
    Summary summary = demo == null ? plain(report) : demo(report, demo);
    return new Summary(
        Words.loose(summary.leaked()),
        summary.obligations(),
        Words.loose(summary.changed()),
        Words.loose(summary.stillThrough()),
        summary.next());
  }

  private static Summary demo(Report report, Demo demo) {
    String name = report.assessment().system().name();
    return new Summary(
        leaked("Without the guard, ", name, cells(demo, Demo.Objective::before))
            + (demo.quick() ? " This was the quick run: too few for a rate." : ""),
        "not assessed yet",
        changed(demo),
        stillThrough(demo),
        "Put the guard in front of your own assistant: "
            + "redoubt guard serve --policy guard.yaml --upstream URL --port PORT");
  }

  private static Summary plain(Report report) {
    List<Cell> cells = new ArrayList<>();
    Rates.count(report.attempts(), Attempt::objective)
        .forEach(
            (objective, tally) -> cells.add(new Cell(effect(report, objective), objective, tally)));
    String leaked =
        cells.isEmpty()
            ? withoutAttempts(report)
            : leaked("", report.assessment().system().name(), cells)
                + unassessed(report.attempts());
    return new Summary(
        leaked,
        "not assessed yet",
        "",
        notTested(report.assessment().coverage()),
        report.assessment().findings().isEmpty()
            ? "See what was not tested, and add what it asks for."
            : "Mend what was found, or put the guard in front, and run the same command again.");
  }

  /** An effect, what to call it in short, and how often it came true. */
  private record Cell(String effect, String title, Tally tally) {}

  private static List<Cell> cells(Demo demo, Function<Demo.Objective, @Nullable Tally> pass) {
    List<Cell> cells = new ArrayList<>();
    for (Demo.Objective objective : demo.objectives()) {
      Tally tally = pass.apply(objective);
      if (tally != null) {
        cells.add(new Cell(lower(objective.effect()), lower(objective.title()), tally));
      }
    }
    return cells;
  }

  private static Tally pool(List<Cell> cells) {
    return cells.stream().map(Cell::tally).reduce(new Tally(0, 0, 0, 0), Tally::plus);
  }

  private static List<Cell> hits(List<Cell> cells) {
    return cells.stream()
        .filter(c -> c.tally().successes() > 0)
        .sorted(Comparator.comparingDouble((Cell c) -> c.tally().rate()).reversed())
        .toList();
  }

  private static String leaked(String when, String system, List<Cell> cells) {
    Tally all = pool(cells);
    if (all.trials() == 0) {
      return "No attack on " + system + " reached a verdict. That says nothing about its safety.";
    }
    String start =
        Words.capital(
            "%s%s distinct attacks on %s succeeded".formatted(when, Words.of(all), system));
    if (all.successes() == 0) {
      return start + ceiling(all);
    }
    List<Cell> hits = hits(cells);
    long held = cells.stream().filter(c -> c.tally().trials() > 0).count() - hits.size();
    return start + ": " + list(hits, Cell::effect) + "." + held(cells.size(), held);
  }

  private static String list(List<Cell> hits, Function<Cell, String> name) {
    return Words.and(
        hits.stream().map(c -> name.apply(c) + " (" + Words.of(c.tally()) + ")").toList());
  }

  private static String held(int objectives, long held) {
    return held == 0 ? "" : " Of %d objectives, %d held.".formatted(objectives, held);
  }

  /** What zero successes do not exclude: silence is not safety. */
  private static String ceiling(Tally none) {
    return "; with so few attempts the true rate can still be up to %s."
        .formatted(Words.percent(none.interval().high()));
  }

  private static String changed(Demo demo) {
    Demo.Difference pooled = demo.pooled();
    if (pooled == null) {
      return "The run ended before the guard was measured.";
    }
    StringBuilder text = new StringBuilder();
    text.append("With the guard on, the same attacks succeeded in ")
        .append(Words.of(pooled.after()));
    if (demo.quick()) {
      text.append(".");
    } else {
      text.append(": the rate fell by ")
          .append(Words.signed(pooled.fall()))
          .append(" points (")
          .append(Words.pointsInterval(pooled.interval()))
          .append(").");
    }
    Demo.Ordinary ordinary = demo.ordinary();
    if (ordinary != null && !ordinary.after().isEmpty()) {
      text.append(
          " Ordinary questions answered right: %d of %d before, %d of %d with the guard."
              .formatted(
                  Demo.Ordinary.right(ordinary.before()),
                  ordinary.before().size(),
                  Demo.Ordinary.right(ordinary.after()),
                  ordinary.after().size()));
    }
    return text.toString();
  }

  private static String stillThrough(Demo demo) {
    List<Cell> same = cells(demo, Demo.Objective::after);
    List<Cell> fresh = cells(demo, Demo.Objective::newWordings);
    if (same.isEmpty() && fresh.isEmpty()) {
      return "Everything above: the attack was not repeated with the guard on.";
    }
    List<String> parts = new ArrayList<>();
    if (!hits(same).isEmpty()) {
      parts.add(
          "of the same attacks %s: %s"
              .formatted(Words.of(pool(same)), list(hits(same), Cell::title)));
    }
    if (!hits(fresh).isEmpty()) {
      parts.add(
          "of new wordings %s: %s"
              .formatted(Words.of(pool(fresh)), list(hits(fresh), Cell::title)));
    }
    if (parts.isEmpty()) {
      Tally none = pool(same).plus(pool(fresh));
      return "Nothing of %d attempts got through%s".formatted(none.trials(), ceiling(none));
    }
    return Words.capital(String.join("; ", parts)) + ".";
  }

  private static String effect(Report report, String objective) {
    return report.assessment().findings().stream()
        .filter(f -> f.ruleId().endsWith("." + objective))
        .map(f -> f.title())
        .findFirst()
        .map(SummaryWords::lower)
        .orElse(objective.replace('-', ' '));
  }

  private static String unassessed(List<Attempt> attempts) {
    Map<String, Integer> reasons = new TreeMap<>();
    for (Attempt attempt : attempts) {
      if (attempt.outcome() == Outcome.UNASSESSED) {
        reasons.merge(attempt.reason(), 1, Integer::sum);
      }
    }
    if (reasons.isEmpty()) {
      return "";
    }
    int n = reasons.values().stream().mapToInt(Integer::intValue).sum();
    String most =
        reasons.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return " %s no verdict, most often because: %s."
        .formatted(Words.count(n, "attempt has", "attempts have"), stripDot(most));
  }

  private static String stripDot(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static String withoutAttempts(Report report) {
    int n = report.assessment().findings().size();
    return n == 0
        ? "Nothing was found in %s; look at what was tested before you call it safe."
            .formatted(report.assessment().system().name())
        : "%s in %s."
            .formatted(Words.count(n, "finding", "findings"), report.assessment().system().name());
  }

  private static String notTested(Coverage coverage) {
    if (coverage.notTested().isEmpty()) {
      return "Everything that was planned was tested.";
    }
    List<String> gaps =
        coverage.notTested().stream()
            .map(g -> g.what() + " on " + g.component())
            .distinct()
            .toList();
    if (gaps.size() > MAX_GAPS) {
      int more = gaps.size() - (MAX_GAPS - 1);
      gaps = new ArrayList<>(gaps.subList(0, MAX_GAPS - 1));
      gaps.add(more + " more");
    }
    return "Not tested: " + Words.and(gaps) + ".";
  }

  private static String lower(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
