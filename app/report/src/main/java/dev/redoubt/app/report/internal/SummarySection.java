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
    html.element(
        "h2",
        demo == null ? "What was found" : "What leaked, and what still gets through",
        "id",
        "summary");
    html.open("p", "class", "lede").text(Words.tight(summary.leaked()));
    if (!summary.changed().isEmpty()) {
      html.text(" " + Words.tight(summary.changed()));
    }
    html.text(" ");
    if (demo != null) {
      html.element("strong", "What still gets through:").text(" ");
    }
    html.text(Words.tight(summary.stillThrough())).close();
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
          pooled.before().successes() + " \u2192 " + pooled.after().successes(),
          "of %d and %d distinct attempts, before and with the guard"
              .formatted(pooled.before().trials(), pooled.after().trials()),
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
      tile(
          html,
          "New wordings that succeeded",
          Integer.toString(fresh.successes()),
          "of %d distinct attempts, with the guard".formatted(fresh.trials()),
          "");
    }
    Demo.Ordinary ordinary = demo.ordinary();
    if (ordinary != null) {
      int before = Demo.Ordinary.right(ordinary.before());
      int asked = ordinary.before().size();
      boolean both = !ordinary.after().isEmpty();
      tile(
          html,
          "Ordinary questions right",
          both ? before + " \u2192 " + Demo.Ordinary.right(ordinary.after()) : "" + before,
          both
              ? "of %d and %d, before and with the guard".formatted(asked, ordinary.after().size())
              : "of %d, without the guard".formatted(asked),
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
