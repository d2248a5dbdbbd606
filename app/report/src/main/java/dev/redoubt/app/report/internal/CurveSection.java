package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.internal.Lane.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bulk extraction: how much of the whole had been seen after each call. */
final class CurveSection {
  private CurveSection() {}

  static void write(Html html, Demo demo) {
    Map<String, List<Demo.BulkCurve>> charts = new LinkedHashMap<>();
    for (Demo.BulkCurve curve : demo.curves()) {
      if (!curve.curve().points().isEmpty()) {
        charts.computeIfAbsent(curve.what(), k -> new ArrayList<>()).add(curve);
      }
    }
    if (charts.isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "bulk");
    html.element("h2", "Bulk extraction", "id", "bulk");
    html.element(
        "p",
        "How much of everything one caller had read out after each call: a thing counts as seen"
            + " once a planted fact of it, or 50 characters of it word for word, was in an answer.");
    html.open("div", "class", "charts");
    charts.forEach((what, curves) -> chart(html, what, curves));
    html.close();
    html.closeLine();
  }

  private static void chart(Html html, String what, List<Demo.BulkCurve> curves) {
    html.open("figure");
    List<String> words = new ArrayList<>();
    List<Chart.Line> lines = new ArrayList<>();
    for (Demo.BulkCurve curve : curves) {
      double last = curve.curve().points().getLast().y();
      int calls = (int) curve.curve().points().getLast().x();
      words.add(
          "%s %d of %d after %s"
              .formatted(
                  name(curve.pass()).toLowerCase(java.util.Locale.ROOT),
                  Math.round(last * curve.total()),
                  curve.total(),
                  Words.count(calls, "call", "calls")));
      lines.add(
          new Chart.Line(name(curve.pass()), Series.ofPass(curve.pass()), curve.curve().points()));
    }
    html.open("figcaption").element("b", "Share of " + what + " seen");
    html.text(": " + Words.and(words) + ".").close();
    Chart.draw(html, "Share of " + what + " seen over calls", "calls", lines);
    html.closeLine();
  }

  private static String name(String pass) {
    return switch (pass) {
      case "before" -> "Before";
      case "after" -> "After";
      case "new-wordings" -> "New";
      default -> Words.title(pass);
    };
  }
}
