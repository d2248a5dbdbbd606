package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Summary;
import dev.redoubt.app.report.Tally;
import org.jspecify.annotations.Nullable;

/** The first thing to read: one plain paragraph, and the few numbers behind it. */
final class SummarySection {
  private SummarySection() {}

  static void write(Html html, Report report) {
    Summary summary = Summary.of(report);
    Demo demo = report.demo();
    html.open("section", "class", "lead", "aria-labelledby", "summary");
    html.element("h2", "In one paragraph", "id", "summary");
    html.open("p", "class", "lede").text(summary.leaked());
    if (!summary.changed().isEmpty()) {
      html.text(" " + summary.changed());
    }
    html.text(" ");
    if (demo != null) {
      html.element("strong", "What still gets through:").text(" ");
    }
    html.text(summary.stillThrough()).close();
    html.open("dl", "class", "tiles");
    if (demo != null) {
      tiles(html, demo);
    }
    tile(html, "Money and obligations", Words.capital(summary.obligations()), "", "quiet");
    html.close();
    html.closeLine();
  }

  private static void tiles(Html html, Demo demo) {
    Demo.Difference pooled = demo.pooled();
    if (pooled != null) {
      tile(
          html,
          "Attacks that succeeded",
          Words.of(pooled.before()) + " \u2192 " + Words.of(pooled.after()),
          "the same attacks, before and with the guard",
          "");
      if (!demo.quick()) {
        tile(
            html,
            "Fall of the rate",
            Words.signed(pooled.fall()) + " points",
            Words.pointsInterval(pooled.interval()) + pValue(pooled.pValue()),
            "");
      }
    }
    Tally fresh = fresh(demo);
    if (fresh.planned() > 0) {
      tile(html, "New wordings, with the guard", Words.of(fresh), "not used before it", "");
    }
    Demo.Ordinary ordinary = demo.ordinary();
    if (ordinary != null) {
      String before = right(ordinary.before());
      tile(
          html,
          "Ordinary questions right",
          ordinary.after().isEmpty() ? before : before + " \u2192 " + right(ordinary.after()),
          "before and with the guard",
          "");
    }
  }

  private static String pValue(@Nullable Double p) {
    if (p == null) {
      return "";
    }
    return p < 0.001
        ? "; exact McNemar p < 0.001"
        : "; exact McNemar p = " + Html.number(Math.round(p * 1000) / 1000.0);
  }

  private static String right(java.util.List<Demo.Question> questions) {
    return Demo.Ordinary.right(questions) + " of " + questions.size();
  }

  private static Tally fresh(Demo demo) {
    Tally all = new Tally(0, 0, 0, 0);
    for (Demo.Objective objective : demo.objectives()) {
      Tally tally = objective.newWordings();
      all = tally == null ? all : all.plus(tally);
    }
    return all;
  }

  private static void tile(Html html, String name, String value, String note, String kind) {
    html.open("div", "class", ("tile " + kind).trim());
    html.element("dt", name).element("dd", value, "class", "value");
    if (!note.isEmpty()) {
      html.element("dd", note, "class", "note");
    }
    html.close();
  }
}
