package dev.redoubt.app.report.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Reporter;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code junit.xml}: one suite for each pass and objective, for the test views of build servers. An
 * attempt that succeeded is a failure, one without a verdict is skipped. Findings that no attempt
 * stands behind, what was not tested, and errors of the run itself have suites of their own, so
 * that an empty list of attempts never looks like a passed one.
 */
@AutoService(Reporter.class)
public final class JunitReporter implements Reporter {
  private static final int MAX_TURN = 4_000;

  @Override
  public String id() {
    return "junit";
  }

  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public void write(Report report, OutputStream out) throws IOException {
    List<Suite> suites = new ArrayList<>();
    Rates.byPassAndObjective(report.attempts())
        .forEach((group, attempts) ->
            suites.add(
                new Suite(
                    group.pass() + "/" + group.objective(),
                    attempts.stream().map(JunitReporter::attempt).toList())));
    suites.add(new Suite("findings", findings(report)));
    suites.add(
        new Suite(
            "not tested",
            report.assessment().coverage().notTested().stream().map(JunitReporter::gap).toList()));
    suites.add(
        new Suite(
            "run",
            report.execution().errors().stream()
                .map(e -> new Case("run", "ran to its end", Kind.ERROR, e, ""))
                .toList()));
    suites.removeIf(s -> s.cases().isEmpty());
    out.write(document(suites).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private enum Kind {
    PASSED,
    FAILURE,
    ERROR,
    SKIPPED
  }

  /** A test case; {@code message} says why unless it passed. */
  private record Case(String className, String name, Kind kind, String message, String output) {}

  private record Suite(String name, List<Case> cases) {
    long count(Kind kind) {
      return cases.stream().filter(c -> c.kind() == kind).count();
    }
  }

  private static Case attempt(Attempt attempt) {
    Kind kind =
        switch (attempt.outcome()) {
          case SUCCEEDED -> Kind.FAILURE;
          case RESISTED -> Kind.PASSED;
          case UNASSESSED -> Kind.SKIPPED;
        };
    String repeat =
        attempt.duplicateOf() == null ? "" : " (duplicate of " + attempt.duplicateOf() + ")";
    return new Case(
        attempt.pass() + "." + attempt.objective(),
        "%s, wording %d, repetition %d%s"
            .formatted(attempt.technique(), attempt.wording(), attempt.repetition(), repeat),
        kind,
        attempt.reason(),
        kind == Kind.FAILURE ? transcript(attempt) : "");
  }

  private static String transcript(Attempt attempt) {
    StringBuilder text = new StringBuilder("seed ").append(attempt.seed()).append('\n');
    for (Evidence.Turn turn : attempt.transcript()) {
      text.append('\n')
          .append(turn.role())
          .append(": ")
          .append(Excerpt.noted(turn.text(), MAX_TURN))
          .append('\n');
    }
    return text.toString();
  }

  private static List<Case> findings(Report report) {
    Set<String> attempts = new HashSet<>();
    report.attempts().forEach(a -> attempts.add(a.id()));
    return report.assessment().findings().stream()
        .filter(f -> !shownByAttempts(f, attempts))
        .map(f ->
            new Case(
                f.ruleId(), f.title() + " (" + f.location() + ")", Kind.FAILURE, f.summary(), ""))
        .toList();
  }

  private static boolean shownByAttempts(Finding finding, Set<String> attempts) {
    return finding.evidence().stream()
        .anyMatch(e -> e instanceof Evidence.Transcript t && attempts.contains(t.attemptId()));
  }

  private static Case gap(Coverage.Gap gap) {
    return new Case(gap.component(), gap.what(), Kind.SKIPPED, gap.reason(), "");
  }

  private static String document(List<Suite> suites) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites name=\"Redoubt\"")
        .append(counts(suites.stream().flatMap(s -> s.cases().stream()).toList()))
        .append(">\n");
    for (Suite suite : suites) {
      xml.append("  <testsuite name=\"")
          .append(XmlText.escape(suite.name()))
          .append('"')
          .append(counts(suite.cases()))
          .append(">\n");
      suite.cases().forEach(c -> testCase(c, xml));
      xml.append("  </testsuite>\n");
    }
    return xml.append("</testsuites>\n").toString();
  }

  private static String counts(List<Case> cases) {
    Suite all = new Suite("", cases);
    return " tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\""
        .formatted(
            cases.size(), all.count(Kind.FAILURE), all.count(Kind.ERROR), all.count(Kind.SKIPPED));
  }

  private static void testCase(Case test, StringBuilder xml) {
    xml.append("    <testcase classname=\"")
        .append(XmlText.escape(test.className()))
        .append("\" name=\"")
        .append(XmlText.escape(test.name()))
        .append('"');
    String message = XmlText.escape(Excerpt.noted(test.message(), MAX_TURN));
    switch (test.kind()) {
      case PASSED -> {
        xml.append("/>\n");
        return;
      }
      case FAILURE ->
          xml.append(">\n      <failure type=\"succeeded\" message=\"")
              .append(message)
              .append("\">")
              .append(XmlText.escape(test.output()))
              .append("</failure>\n");
      case ERROR ->
          xml.append(">\n      <error type=\"error\" message=\"").append(message).append("\"/>\n");
      case SKIPPED -> xml.append(">\n      <skipped message=\"").append(message).append("\"/>\n");
    }
    xml.append("    </testcase>\n");
  }
}
