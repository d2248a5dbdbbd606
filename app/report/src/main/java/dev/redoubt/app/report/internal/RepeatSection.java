package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Summary;
import dev.redoubt.core.Assessment;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How to repeat the run, what to do next, and what lies beside the page. */
final class RepeatSection {
  private RepeatSection() {}

  static void write(Html html, Report report) {
    Assessment.Run run = report.assessment().run();
    html.open("section", "aria-labelledby", "repeat");
    html.element("h2", "How to repeat it", "id", "repeat");
    html.element("pre", report.execution().command(), "class", "file", "tabindex", "0");
    html.open("dl", "class", "repeat");
    entry(html, "Seed", Long.toString(run.seed()));
    entry(html, "redoubt", run.toolVersion());
    report
        .execution()
        .versions()
        .forEach((name, value) -> {
          if (!name.equals("redoubt")) {
            entry(html, name, value);
          }
        });
    entry(html, "Run", run.id());
    entry(html, "Started", run.started().truncatedTo(ChronoUnit.SECONDS).toString());
    entry(html, "Took", duration(run.duration()));
    html.close();
    html.element("h3", "Next");
    html.element("p", Summary.of(report).next());
    html.element(
        "p",
        "Beside this page: assessment.json (everything, for programs), findings.sarif, junit.xml"
            + " and, where a run was made, its tape with every exchange. They quote what leaked:"
            + " treat them as confidential.",
        "class",
        "fine");
    html.closeLine();
  }

  private static void entry(Html html, String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close();
  }

  private static String duration(Duration duration) {
    return duration.toMinutes() == 0
        ? duration.toSeconds() + " s"
        : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
