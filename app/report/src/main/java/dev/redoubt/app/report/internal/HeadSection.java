package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Tally;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Severity;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The top of the page: which system, the verdict in two words, and what went wrong with the run.
 */
final class HeadSection {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private HeadSection() {}

  static void write(Html html, Report report) {
    AiSystem system = report.assessment().system();
    html.open("header", "class", "top");
    html.open("p", "class", "brand");
    html.open("svg", "class", "logo", "viewBox", "0 0 24 24", "aria-hidden", "true");
    html.empty("path", "d", "M3 3h4v3h3V3h4v3h3V3h4v8l-2 2v8h-5v-4a2 2 0 0 0-4 0v4H5v-8l-2-2z");
    html.close();
    html.text("Redoubt security report").close();
    html.element("h1", system.name());
    if (!system.purpose().isBlank()) {
      html.element("p", system.purpose(), "class", "purpose");
    }
    html.open("p", "class", "facts");
    verdict(html, report);
    html.element("span", DAY.format(report.assessment().run().started()));
    if (!system.owner().isBlank()) {
      html.element("span", "Owner: " + system.owner());
    }
    html.close();
    html.closeLine();
    List<String> failures = report.demo() == null ? List.of() : report.demo().failures();
    alert(html, "FAILED", "The demo did not do its job:", failures);
    alert(
        html,
        "INCOMPLETE",
        "The run did not go to its end; what is missing is not a pass:",
        report.execution().errors());
  }

  private static void verdict(Html html, Report report) {
    Demo demo = report.demo();
    if (demo != null && !demo.failures().isEmpty()) {
      chip(html, "FAILED", "critical");
      return;
    }
    List<Finding> findings = report.assessment().findings();
    if (!report.execution().successful()) {
      chip(html, "Incomplete", "medium");
    }
    if (findings.isEmpty()) {
      boolean silent = Tally.of(report.attempts()).trials() == 0 && !report.attempts().isEmpty();
      chip(
          html,
          silent ? "No verdict" : "No finding in what was tested",
          silent ? "medium" : "info");
      return;
    }
    Severity worst =
        findings.stream().map(Finding::severity).max(Comparator.naturalOrder()).orElseThrow();
    chip(
        html,
        Words.count(findings.size(), "finding", "findings") + ", worst: " + worst.word(),
        worst.word());
    if (demo != null && demo.quick()) {
      chip(html, "Quick run: too few for a rate", "medium");
    }
  }

  private static void chip(Html html, String text, String kind) {
    html.element("strong", text, "class", "chip sev-" + kind);
  }

  private static void alert(Html html, String word, String what, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    html.open("section", "class", "alert", "aria-label", word);
    html.open("p").element("strong", word).text(" " + what).close();
    html.open("ul");
    lines.forEach(l -> html.element("li", l));
    html.close().closeLine();
  }
}
