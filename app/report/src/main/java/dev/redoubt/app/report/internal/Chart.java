package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.internal.Lane.Series;
import dev.redoubt.core.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws shares over calls as stepped lines: a share rises when a call shows something new. */
final class Chart {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 260;
  private static final double LEFT = 46;
  private static final double RIGHT = 94;
  private static final double TOP = 14;
  private static final double BOTTOM = 44;
  private static final double LABEL_GAP = 15;

  private Chart() {}

  /**
   * A line.
   *
   * @param label what to write at its end
   */
  record Line(String label, Series series, List<Evidence.Point> points) {}

  static void draw(Html html, String title, String xLabel, List<Line> lines) {
    double maxX = 1;
    double maxY = 0;
    for (Line line : lines) {
      for (Evidence.Point point : line.points()) {
        maxX = Math.max(maxX, point.x());
        maxY = Math.max(maxY, point.y());
      }
    }
    double top = ceiling(maxY);
    html.open(
        "svg",
        "class",
        "chart",
        "role",
        "img",
        "viewBox",
        "0 0 " + Html.number(WIDTH) + " " + Html.number(HEIGHT));
    html.label("title", title);
    axes(html, xLabel, maxX, top);
    for (Line line : lines) {
      html.empty("path", "class", "line " + line.series().css(), "d", path(line, maxX, top));
    }
    labels(html, lines, top);
    html.close();
  }

  /** The next round share, so that a small curve is not flat on the floor. */
  static double ceiling(double share) {
    for (double round : new double[] {0.04, 0.1, 0.2, 0.4, 0.6, 0.8}) {
      if (share <= round) {
        return round;
      }
    }
    return 1;
  }

  private static double x(double value, double max) {
    return LEFT + value / max * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value, double max) {
    return HEIGHT - BOTTOM - value / max * (HEIGHT - TOP - BOTTOM);
  }

  private static void axes(Html html, String xLabel, double maxX, double maxY) {
    for (int i = 0; i <= 2; i++) {
      double value = maxY * i / 2;
      String at = Html.number(y(value, maxY));
      html.empty(
          "line",
          "class",
          i == 0 ? "zero" : "grid",
          "x1",
          Html.number(LEFT),
          "x2",
          Html.number(WIDTH - RIGHT),
          "y1",
          at,
          "y2",
          at);
      html.label(
          "text",
          share(value),
          "class",
          "tick end",
          "x",
          Html.number(LEFT - 8),
          "y",
          Html.number(y(value, maxY) + 4));
    }
    for (double value : new double[] {0, Math.floor(maxX / 2), maxX}) {
      html.label(
          "text",
          Html.number(value),
          "class",
          "tick mid",
          "x",
          Html.number(x(value, maxX)),
          "y",
          Html.number(HEIGHT - BOTTOM + 18));
    }
    html.label(
        "text",
        xLabel,
        "class",
        "tick mid",
        "x",
        Html.number((LEFT + WIDTH - RIGHT) / 2),
        "y",
        Html.number(HEIGHT - 6));
  }

  private static String share(double value) {
    return Html.number(value * 100) + "\u00a0%";
  }

  private static String path(Line line, double maxX, double maxY) {
    StringBuilder d = new StringBuilder("M");
    d.append(Html.number(x(0, maxX))).append(' ').append(Html.number(y(0, maxY)));
    for (Evidence.Point point : line.points()) {
      d.append('H').append(Html.number(x(point.x(), maxX)));
      d.append('V').append(Html.number(y(point.y(), maxY)));
    }
    return d.toString();
  }

  /** Writes each line's label at its end, moved down where two would lie on each other. */
  private static void labels(Html html, List<Line> lines, double maxY) {
    List<Line> sorted = new ArrayList<>(lines);
    sorted.removeIf(l -> l.points().isEmpty());
    sorted.sort(Comparator.comparingDouble((Line l) -> last(l)).reversed());
    double floor = HEIGHT - BOTTOM + 4 - LABEL_GAP * (sorted.size() - 1);
    double next = TOP;
    for (Line line : sorted) {
      double at = Math.max(next, Math.min(y(last(line), maxY) + 4, floor));
      html.label(
          "text",
          line.label() + " " + Words.percent(last(line)),
          "class",
          "label " + line.series().css(),
          "x",
          Html.number(WIDTH - RIGHT + 6),
          "y",
          Html.number(at));
      next = at + LABEL_GAP;
      floor += LABEL_GAP;
    }
  }

  private static double last(Line line) {
    return line.points().getLast().y();
  }
}
