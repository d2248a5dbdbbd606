package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.internal.Lane.Series;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Reference;
import java.util.List;
import java.util.Locale;

/** The findings, each with its evidence, its remedy and the rule that it asked for. */
final class FindingSection {
  private FindingSection() {}

  static void write(Html html, Report report) {
    List<Finding> findings = report.assessment().findings();
    html.open("section", "aria-labelledby", "findings");
    html.element("h2", "Findings", "id", "findings");
    if (findings.isEmpty()) {
      html.element(
          "p", "None. Read what was tested, and what was not, before you take this as safety.");
    }
    for (int i = 0; i < findings.size(); i++) {
      finding(html, findings.get(i), i, rules(report.demo(), findings.get(i)));
    }
    List<String> notices = References.notices(findings);
    if (!notices.isEmpty()) {
      html.element("p", "Ids and titles: " + String.join("; ", notices) + ".", "class", "fine");
    }
    html.closeLine();
  }

  /** Id of a finding on the page. */
  static String anchor(int index) {
    return "finding-" + (index + 1);
  }

  private static List<Demo.Rule> rules(
      @org.jspecify.annotations.Nullable Demo demo, Finding finding) {
    return demo == null || demo.guard() == null
        ? List.of()
        : demo.guard().rules().stream()
            .filter(r -> r.findingFingerprint().equals(finding.fingerprint()))
            .toList();
  }

  private static void finding(Html html, Finding finding, int index, List<Demo.Rule> rules) {
    html.open("article", "class", "finding", "id", anchor(index));
    html.open("h3");
    html.element(
        "span", finding.severity().word(), "class", "chip sev-" + finding.severity().word());
    html.text(" " + finding.title()).close();
    html.element("p", finding.summary(), "class", "summary");
    // One transcript is open: whoever reads no further has seen the leak itself.
    boolean open = index == 0;
    for (Evidence evidence : finding.evidence()) {
      evidence(html, evidence, open);
      open &= !(evidence instanceof Evidence.Transcript);
    }
    html.open("div", "class", "pair");
    html.open("div").element("h4", "Remedy").element("p", finding.remedy()).close();
    if (!rules.isEmpty()) {
      html.open("div").element("h4", "What the guard was told");
      for (Demo.Rule rule : rules) {
        html.element("p", rule.why());
        GuardSection.added(html, rule.text());
      }
      html.close();
    }
    html.close();
    references(html, finding.references());
    html.open("p", "class", "fine").text("Rule ").element("code", finding.ruleId());
    html.text(", component " + finding.component() + ", at ");
    html.element("code", finding.location().toString());
    html.text(", confidence " + finding.confidence().name().toLowerCase(Locale.ROOT));
    html.text(", fingerprint ").element("code", finding.fingerprint()).close();
    html.closeLine();
  }

  private static void references(Html html, List<Reference> references) {
    if (references.isEmpty()) {
      return;
    }
    html.element("h4", "References").open("ul", "class", "refs");
    for (Reference reference : references) {
      html.open("li").element("code", reference.id()).text(" ");
      html.text(References.title(reference).orElse("not in the lists of this version"));
      if (!References.verified(reference)) {
        html.text(" ").element("small", "(unverified)");
      }
      html.close();
    }
    html.close();
  }

  private static void evidence(Html html, Evidence evidence, boolean open) {
    switch (evidence) {
      case Evidence.Transcript t -> Quote.transcript(html, t, open);
      case Evidence.Excerpt x -> {
        html.open("p").text(x.caption() + " ").element("code", x.location().toString()).close();
        Quote.block(html, x.text(), 4_000);
      }
      case Evidence.Rate r -> rate(html, r);
      case Evidence.Quantity q ->
          html.element(
              "p",
              "%s: %s %s (%s%% interval %s to %s, %s)"
                  .formatted(
                      q.caption(),
                      Html.number(q.value()),
                      q.unit(),
                      Html.number(q.interval().level() * 100),
                      Html.number(q.interval().low()),
                      Html.number(q.interval().high()),
                      Words.method(q.interval())));
      case Evidence.Curve c -> {
        if (!c.points().isEmpty()) {
          html.open("figure").element("figcaption", c.caption());
          Chart.draw(
              html,
              c.caption(),
              c.xLabel(),
              List.of(new Chart.Line("", Series.BEFORE, c.points())));
          html.close();
        }
      }
      case Evidence.Digest d ->
          html.open("p")
              .text(d.caption() + ": " + d.algorithm() + " ")
              .element("code", d.hex())
              .close();
      case Evidence.Picture p -> picture(html, p);
    }
  }

  private static void rate(Html html, Evidence.Rate rate) {
    String words =
        "%d of %d, %s".formatted(rate.successes(), rate.trials(), Words.interval(rate.interval()));
    html.open("div", "class", "rate");
    html.open("p").text(rate.caption() + ": ").element("b", words).close();
    if (rate.trials() > 0) {
      double share = (double) rate.successes() / rate.trials();
      Lane.rate(html, Series.BEFORE, share, rate.interval(), rate.caption() + ": " + words);
    }
    html.close();
  }

  private static void picture(Html html, Evidence.Picture picture) {
    // Only raster formats: an SVG could carry markup, and anything else is not a picture.
    if (!picture.mediaType().matches("image/(png|jpeg|gif|webp)")
        || !picture.base64().matches("[A-Za-z0-9+/=\\s]*")) {
      html.element("p", picture.caption() + " (a picture that cannot be shown here)");
      return;
    }
    html.open("figure").element("figcaption", picture.caption());
    html.empty(
        "img",
        "alt",
        picture.caption(),
        "src",
        "data:" + picture.mediaType() + ";base64," + picture.base64());
    html.close();
  }
}
