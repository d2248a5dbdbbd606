package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Tally;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Outcome;
import java.util.List;
import java.util.Map;

/** What was tested, how much, and what was not: silence is never read as safety. */
final class CoverageSection {
  private CoverageSection() {}

  static void write(Html html, Report report) {
    Coverage coverage = report.assessment().coverage();
    html.open("section", "aria-labelledby", "coverage");
    html.element("h2", "What was tested, and what was not", "id", "coverage");
    notTested(html, coverage.notTested());
    if (!report.attempts().isEmpty()) {
      counts(html, report);
      html.open("details").element("summary", "By technique");
      Rates.group(report.attempts(), Attempt::pass).forEach((p, a) -> matrix(html, p, a));
      html.close();
      unassessed(html, report.attempts());
    }
    if (!coverage.tested().isEmpty()) {
      html.open("details", "class", "screen").element("summary", "Everything that ran");
      html.open("table", "class", "data").element("caption", "What reached verdicts.");
      head(html, List.of("Component", "What", "How much"));
      for (Coverage.Item item : coverage.tested()) {
        html.open("tr").element("th", item.component(), "scope", "row");
        html.element("td", item.what()).element("td", item.detail()).closeLine();
      }
      html.close().close().close();
    }
    html.closeLine();
  }

  private static void notTested(Html html, List<Coverage.Gap> gaps) {
    html.element("h3", "Not tested");
    if (gaps.isEmpty()) {
      html.element("p", "Nothing that was planned was left out.");
      return;
    }
    html.open("table", "class", "data");
    html.element("caption", "Nothing here is known to be safe.");
    head(html, List.of("Component", "What", "Why, and what to add"));
    for (Coverage.Gap gap : gaps) {
      html.open("tr").element("th", gap.component(), "scope", "row");
      html.element("td", gap.what()).element("td", gap.reason()).closeLine();
    }
    html.close().close();
  }

  private static void counts(Html html, Report report) {
    html.element("h3", "Attempts");
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Attempts");
    html.open("table", "class", "data numbers");
    html.element(
        "caption",
        "Rates count distinct attempts with a verdict: the same reply to the same prompt counts"
            + " once. An attempt without a verdict counts neither way.");
    head(
        html,
        List.of(
            "Objective",
            "Pass",
            "Planned",
            "Unassessed",
            "Repeats",
            "Distinct",
            "Succeeded",
            "95\u00a0% interval"));
    Rates.byPassAndObjective(report.attempts())
        .forEach((group, attempts) -> {
          Tally tally = Tally.of(attempts);
          html.open("tr").element("th", Words.title(group.objective()), "scope", "row");
          html.element("td", Words.pass(group.pass()));
          for (int n :
              new int[] {
                tally.planned(),
                tally.unassessed(),
                tally.duplicates(),
                tally.trials(),
                tally.successes()
              }) {
            html.element("td", Integer.toString(n));
          }
          html.element("td", tally.trials() == 0 ? "no verdict" : range(tally));
          html.closeLine();
        });
    html.close().close().close();
  }

  private static String range(Tally tally) {
    var interval = tally.interval();
    return "%d to %s".formatted(Math.round(interval.low() * 100), Words.percent(interval.high()));
  }

  private static void matrix(Html html, String pass, List<Attempt> attempts) {
    Map<String, List<Attempt>> columns = Rates.group(attempts, Attempt::objective);
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", pass);
    html.open("table", "class", "data numbers");
    html.element("caption", Words.pass(pass) + ": distinct attempts that succeeded.");
    html.open("thead").open("tr").element("th", "Technique", "scope", "col");
    columns.keySet().forEach(c -> html.element("th", Words.title(c), "scope", "col"));
    html.close().close().open("tbody");
    Rates.group(attempts, Attempt::technique)
        .forEach((technique, made) -> {
          Map<String, Tally> cells = Rates.count(made, Attempt::objective);
          html.open("tr").element("th", Words.title(technique), "scope", "row");
          for (String column : columns.keySet()) {
            Tally tally = cells.get(column);
            html.element(
                "td",
                tally == null || tally.trials() == 0 ? "\u2013" : Words.of(tally),
                "class",
                tally != null && tally.successes() > 0 ? "hit" : "");
          }
          html.closeLine();
        });
    html.close().close().close();
  }

  private static void unassessed(Html html, List<Attempt> attempts) {
    List<Attempt> without =
        attempts.stream().filter(a -> a.outcome() == Outcome.UNASSESSED).toList();
    if (without.isEmpty()) {
      return;
    }
    html.element("h3", "Attempts without a verdict").open("ul");
    Rates.group(without, Attempt::reason)
        .forEach((reason, same) ->
            html.element("li", Words.count(same.size(), "attempt", "attempts") + ": " + reason));
    html.close();
  }

  private static void head(Html html, List<String> columns) {
    html.open("thead").open("tr");
    columns.forEach(c -> html.element("th", c, "scope", "col"));
    html.close().close().open("tbody");
  }
}
