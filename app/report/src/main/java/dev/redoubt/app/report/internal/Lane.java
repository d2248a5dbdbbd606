package dev.redoubt.app.report.internal;

import dev.redoubt.core.Interval;
import java.util.Locale;

/**
 * Draws a rate and its interval as a mark with whiskers on a line from 0 to 100 %. Coordinates are
 * percentages, so that a lane is as wide as its place and the mark keeps its form; each series has
 * its own form as well as its own colour.
 */
final class Lane {
  private Lane() {}

  /** Which mark to draw. */
  enum Series {
    BEFORE,
    AFTER,
    FRESH,
    PLAIN;

    String css() {
      return "s-" + name().toLowerCase(Locale.ROOT);
    }

    static Series ofPass(String pass) {
      return switch (pass) {
        case "before" -> BEFORE;
        case "after" -> AFTER;
        case "new-wordings" -> FRESH;
        default -> PLAIN;
      };
    }
  }

  /** A rate in 0 to 1 with its interval. */
  static void rate(Html html, Series series, double rate, Interval interval, String title) {
    open(html, series, title);
    grid(html, 0, 1);
    whiskers(html, interval.low(), interval.high());
    mark(html, series, rate);
    html.close();
  }

  /** A difference of two rates in −1 to 1, with zero in the middle. */
  static void difference(Html html, double value, Interval interval, String title) {
    open(html, Series.PLAIN, title);
    grid(html, -1, 1);
    whiskers(html, (interval.low() + 1) / 2, (interval.high() + 1) / 2);
    mark(html, Series.PLAIN, (value + 1) / 2);
    html.close();
  }

  /** Says in place of a mark that there is nothing to draw. */
  static void none(Html html, String why) {
    html.element("span", why, "class", "none");
  }

  /** The small mark of the legend. */
  static void legend(Html html, Series series) {
    html.open("svg", "class", "key " + series.css(), "aria-hidden", "true");
    html.empty("line", "class", "whisker", "x1", "0", "x2", "100%", "y1", "50%", "y2", "50%");
    mark(html, series, 0.5);
    html.close();
  }

  private static void open(Html html, Series series, String title) {
    html.open("svg", "class", "lane " + series.css(), "role", "img");
    html.label("title", title);
  }

  private static void grid(Html html, double low, double high) {
    for (int i = 0; i <= 4; i++) {
      double at = i / 4.0;
      boolean zero = low + (high - low) * at == 0;
      html.empty(
          "line",
          "class",
          zero ? "zero" : "grid",
          "x1",
          Html.percent(at),
          "x2",
          Html.percent(at),
          "y1",
          "0",
          "y2",
          "100%");
    }
  }

  /** Draws around the middle of the lane, whatever its height. */
  private static void whiskers(Html html, double low, double high) {
    html.open("svg", "y", "50%", "class", "at");
    line(html, low, high, 0, 0);
    line(html, low, low, -4, 4);
    line(html, high, high, -4, 4);
    html.close();
  }

  private static void line(Html html, double x1, double x2, int y1, int y2) {
    html.empty(
        "line",
        "class",
        "whisker",
        "x1",
        Html.percent(x1),
        "x2",
        Html.percent(x2),
        "y1",
        Integer.toString(y1),
        "y2",
        Integer.toString(y2));
  }

  private static void mark(Html html, Series series, double at) {
    // A nested svg puts the origin at the mark, so that every form is drawn around 0, 0.
    html.open("svg", "x", Html.percent(at), "y", "50%", "class", "at");
    switch (series) {
      case BEFORE, PLAIN -> html.empty("circle", "class", "mark", "r", "6");
      case AFTER ->
          html.empty(
              "rect", "class", "mark", "x", "-5.5", "y", "-5.5", "width", "11", "height", "11");
      case FRESH -> html.empty("path", "class", "mark", "d", "M0-7.5 7.5 0 0 7.5-7.5 0Z");
    }
    html.close();
  }
}
