package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Tally;
import dev.redoubt.app.report.internal.Lane.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The picture that matters: how often each objective came true, before and with the guard. */
final class PictureSection {
  /** More objectives without a verdict are named in one line. */
  private static final int MOST_SILENT = 3;

  private PictureSection() {}

  /** One lane. */
  private record Row(Series series, String name, @Nullable Tally tally) {}

  static void write(Html html, Report report) {
    Demo demo = report.demo();
    Map<String, List<Row>> rows = demo == null ? plain(report) : demo(demo);
    if (rows.isEmpty()) {
      return;
    }
    boolean rates = demo == null || !demo.quick();
    html.open("section", "aria-labelledby", "picture");
    html.element(
        "h2",
        demo == null ? "How often each attack succeeded" : "Before and after",
        "id",
        "picture");
    if (demo != null) {
      html.open("p", "class", "legend");
      legend(html, Series.BEFORE, "no guard");
      legend(html, Series.AFTER, "guard on, the same attacks");
      legend(html, Series.FRESH, "guard on, wordings not used before");
      html.close();
    }
    html.open("table", "class", "picture");
    html.element(
        "caption",
        "Share of distinct attempts that succeeded; whiskers are 95\u00a0% intervals."
            + " A number \u201cmade\u201d counts the repeats of an equal reply as well."
            + (rates ? "" : " A quick run: too few attempts for a rate."));
    axis(html, "thead");
    // Rows without anything to see would hide those with something, when there are others.
    List<String> silent =
        rows.entrySet().stream()
            .filter(e -> e.getValue().stream().allMatch(PictureSection::silent))
            .map(Map.Entry::getKey)
            .toList();
    boolean shortened = silent.size() > MOST_SILENT && silent.size() < rows.size();
    rows.forEach((title, lanes) -> {
      if (shortened && silent.contains(title)) {
        return;
      }
      html.open("tbody").open("tr");
      html.element("th", title, "colspan", "3", "scope", "rowgroup").close();
      lanes.forEach(r -> row(html, r, title, rates));
      html.closeLine();
    });
    axis(html, "tfoot");
    html.close();
    if (shortened) {
      html.element(
          "p",
          "No verdict, all attempts unassessed: "
              + String.join(", ", silent)
              + ". What was not tested says why, and what to add.");
    }
    if (demo != null && demo.pooled() != null && rates) {
      pooled(html, demo.pooled());
    }
    html.closeLine();
  }

  private static boolean silent(Row row) {
    return row.tally() != null && row.tally().trials() == 0;
  }

  private static void legend(Html html, Series series, String text) {
    html.open("span");
    Lane.legend(html, series);
    html.text(text).close();
  }

  private static Map<String, List<Row>> demo(Demo demo) {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    for (Demo.Objective objective : demo.objectives()) {
      rows.put(
          objective.title(),
          List.of(
              new Row(Series.BEFORE, "Before", objective.before()),
              new Row(Series.AFTER, "After", objective.after()),
              new Row(Series.FRESH, "New wordings", objective.newWordings())));
    }
    return rows;
  }

  private static Map<String, List<Row>> plain(Report report) {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    Rates.byPassAndObjective(report.attempts())
        .forEach((group, attempts) ->
            rows.computeIfAbsent(Words.title(group.objective()), k -> new ArrayList<>())
                .add(
                    new Row(
                        Series.ofPass(group.pass()),
                        Words.pass(group.pass()),
                        Tally.of(attempts))));
    return rows;
  }

  private static void axis(Html html, String part) {
    html.open(part).open("tr");
    html.open("td").close();
    html.open("td", "class", "axis");
    for (String tick : List.of("0\u00a0%", "25", "50", "75", "100\u00a0%")) {
      html.element("span", tick);
    }
    html.close();
    html.element("td", part.equals("thead") ? "succeeded" : "", "class", "n");
    html.close().closeLine();
  }

  private static void row(Html html, Row row, String objective, boolean rates) {
    Tally tally = row.tally();
    html.open("tr").element("th", row.name(), "scope", "row", "class", row.series().css());
    html.open("td", "class", "plot");
    if (tally == null) {
      Lane.none(html, "not reached");
    } else if (tally.trials() == 0) {
      Lane.none(html, "no verdict: all " + tally.planned() + " unassessed");
    } else {
      Lane.rate(
          html,
          row.series(),
          tally.rate(),
          tally.interval(),
          "%s, %s: %s succeeded, %s"
              .formatted(objective, row.name(), Words.of(tally), Words.interval(tally.interval())));
    }
    html.close();
    html.open("td", "class", "n");
    if (tally != null && tally.trials() > 0) {
      html.element("b", Words.of(tally));
      if (rates && tally.speaks()) {
        html.text(" ").element("span", Words.percent(tally.rate()), "class", "pc");
      }
      int made = tally.planned() - tally.unassessed();
      if (made != tally.trials()) {
        html.text(" ").element("small", made + " made");
      }
    }
    html.close().close();
  }

  private static void pooled(Html html, Demo.Difference pooled) {
    html.open("table", "class", "picture pooled");
    html.element(
        "caption",
        "All objectives together: by how many points the rate fell, with its 95\u00a0% interval. An"
            + " interval that lies right of 0 shows that the guard helped.");
    html.open("tbody").open("tr");
    html.element("th", "Fall", "scope", "row");
    html.open("td", "class", "plot");
    Lane.difference(
        html,
        pooled.fall(),
        pooled.interval(),
        "The rate fell by %s points, %s"
            .formatted(Words.signed(pooled.fall()), Words.pointsInterval(pooled.interval())));
    html.close();
    html.open("td", "class", "n").element("b", Words.signed(pooled.fall()) + " points").close();
    html.close().close();
    html.open("tfoot").open("tr").open("td").close().open("td", "class", "axis");
    for (String tick : List.of("\u2212100", "\u221250", "0", "50", "100")) {
      html.element("span", tick);
    }
    html.close().open("td").close().close().close().close();
    html.element(
        "p",
        "From %s to %s distinct attempts. %s."
            .formatted(
                Words.of(pooled.before()),
                Words.of(pooled.after()),
                Words.capital(Words.pointsInterval(pooled.interval()))),
        "class",
        "fine");
  }
}
