package dev.redoubt.app.importer;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Confidence;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Location;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Foreign runs in our words: each file is a target, each probe with a hit a finding, each answer an
 * attempt. A hit that no declared value decided is named as the opinion of whoever reported it: the
 * attempt is unassessed, the finding tentative, and no rate is claimed.
 *
 * @param system the targets
 * @param findings worst first
 * @param attempts every answer, in order
 * @param coverage what was decided, and what was only reported
 * @since 0.1.0
 */
public record ForeignFindings(
    AiSystem system, List<Finding> findings, List<Attempt> attempts, Coverage coverage) {
  private static final int TRANSCRIPTS = 3;
  private static final String REPORTED =
      "Reproduce it with ground truth: plant a fact or declare a policy in redoubt.yaml, and attack"
          + " the system with redoubt attack chat; then mend what that shows.";

  public ForeignFindings {
    findings = List.copyOf(findings);
    attempts = List.copyOf(attempts);
  }

  /** Takes runs together. */
  public static ForeignFindings of(List<ForeignRun> runs) {
    var gathered = new Gathered();
    runs.forEach(gathered::add);
    return gathered.result();
  }

  private static final class Gathered {
    private final List<Component> components = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private Coverage coverage = new Coverage(List.of(), List.of());

    void add(ForeignRun run) {
      Endpoint target =
          new Endpoint(
              unused(run.target().isEmpty() ? run.file() : run.target()),
              new Location(run.file(), 1),
              "",
              null,
              Map.of(),
              List.of(),
              Map.of(),
              GroundTruth.NONE);
      components.add(target);
      var byProbe = new LinkedHashMap<String, List<ForeignCase>>();
      run.cases().forEach(c -> byProbe.computeIfAbsent(c.probe(), p -> new ArrayList<>()).add(c));
      var ids = new HashSet<String>();
      byProbe.forEach((probe, cases) -> probe(run, target, probe, cases, ids));
      run.problems().forEach(problem -> gap(target, run.file(), problem));
    }

    private String unused(String name) {
      String free = name;
      for (int i = 2; !names.add(free); i++) {
        free = name + " (" + i + ")";
      }
      return free;
    }

    private void gap(Endpoint target, String what, String why) {
      coverage =
          coverage.plus(
              new Coverage(List.of(), List.of(new Coverage.Gap(target.name(), what, why))));
    }

    private void probe(
        ForeignRun run, Endpoint target, String probe, List<ForeignCase> cases, Set<String> ids) {
      String objective = Plain.word(run.tool().toLowerCase(Locale.ROOT) + "." + probe);
      while (!ids.add(objective)) {
        objective += "-";
      }
      String pass = "import-" + components.size();
      for (int i = 0; i < cases.size(); i++) {
        attempts.add(attempt(run, pass, objective, cases.get(i), i));
      }
      long decided = cases.stream().filter(c -> c.outcome() != Outcome.UNASSESSED).count();
      if (decided > 0) {
        coverage =
            coverage.plus(
                new Coverage(
                    List.of(
                        new Coverage.Item(
                            target.name(),
                            objective,
                            "%d of %d answers were decided by a declared value"
                                .formatted(decided, cases.size()))),
                    List.of()));
      }
      if (decided < cases.size()) {
        gap(
            target,
            objective,
            "%d of %d answers carry no ground truth: what %s reports of them is shown, and no rate"
                    .formatted(cases.size() - decided, cases.size(), run.tool())
                + " is claimed");
      }
      byOpinion(cases)
          .forEach((by, hits) -> findings.add(finding(run, target, probe, by, hits, cases)));
    }

    /** Who reported hits, and on which answers. */
    private static Map<String, List<ForeignCase>> byOpinion(List<ForeignCase> cases) {
      var hits = new LinkedHashMap<String, List<ForeignCase>>();
      for (ForeignCase one : cases) {
        one.opinions().stream()
            .filter(ForeignCase.Opinion::isHit)
            .map(ForeignCase.Opinion::by)
            .distinct()
            .forEach(by -> hits.computeIfAbsent(by, b -> new ArrayList<>()).add(one));
      }
      return hits;
    }

    private static Finding finding(
        ForeignRun run,
        Endpoint target,
        String probe,
        String by,
        List<ForeignCase> hits,
        List<ForeignCase> all) {
      long asked =
          all.stream()
              .filter(
                  c -> c.opinions().stream().anyMatch(o -> o.by().equals(by) && o.hit() != null))
              .count();
      long decided =
          hits.stream()
              .filter(c ->
                  c.opinions().stream()
                      .anyMatch(o -> o.by().equals(by) && o.isHit() && o.checked()))
              .count();
      boolean certain = decided == hits.size();
      String rule =
          "import." + Plain.word(run.tool().toLowerCase(Locale.ROOT) + "." + probe + "." + by);
      String counted =
          "%s%s reported %d of %d answers to '%s' as hits, by its %s."
              .formatted(
                  run.tool(),
                  run.version().isEmpty() ? "" : " " + run.version(),
                  hits.size(),
                  asked,
                  Plain.line(probe),
                  Plain.line(by));
      return new Finding(
          rule,
          "Reported by %s %s: %s".formatted(run.tool(), Plain.line(by), Plain.line(probe)),
          hits.stream()
              .map(ForeignCase::severity)
              .filter(Objects::nonNull)
              .max(Comparator.naturalOrder())
              .orElse(certain ? Severity.MEDIUM : Severity.LOW),
          certain ? Confidence.FIRM : Confidence.TENTATIVE,
          target.name(),
          new Location(run.file(), Math.max(1, hits.getFirst().line())),
          counted
              + (certain
                  ? " A value that the file declares decided."
                  : " No planted fact, ledger or declared value decided "
                      + (decided == 0 ? "any" : (hits.size() - decided) + " of them")
                      + ": they count as unassessed, and no rate is claimed."),
          evidence(run, by, hits),
          List.of(),
          certain ? "Mend what the answers show, and run the test again." : REPORTED,
          Fingerprint.of(rule, target.name()));
    }

    private static List<Evidence> evidence(ForeignRun run, String by, List<ForeignCase> hits) {
      List<Evidence> evidence =
          hits.stream()
              .filter(h -> !h.transcript().isEmpty())
              .sorted(Comparator.comparingInt(Gathered::length))
              .limit(TRANSCRIPTS)
              .map(h ->
                  (Evidence)
                      new Evidence.Transcript(
                          said(h, by), run.file() + ":" + h.line(), h.transcript()))
              .collect(Collectors.toCollection(ArrayList::new));
      evidence.add(new Evidence.Digest("the imported file " + run.file(), "SHA-256", run.sha256()));
      return evidence;
    }

    private static int length(ForeignCase one) {
      return one.transcript().stream().mapToInt(t -> t.text().length()).sum();
    }

    private static String said(ForeignCase one, String by) {
      return by
          + ": "
          + one.opinions().stream()
              .filter(o -> o.by().equals(by) && o.isHit())
              .map(ForeignCase.Opinion::detail)
              .findFirst()
              .map(Plain::line)
              .orElse("hit");
    }

    private static Attempt attempt(
        ForeignRun run, String pass, String objective, ForeignCase one, int number) {
      String said =
          one.opinions().stream()
              .map(o ->
                  o.by()
                      + (o.hit() == null ? " gave no verdict" : o.isHit() ? ": hit" : ": no hit")
                      + " ("
                      + Plain.line(o.detail())
                      + ")")
              .collect(Collectors.joining("; "));
      String reason =
          one.outcome() == Outcome.UNASSESSED
              ? "no ground truth; " + run.tool() + " reports " + (said.isEmpty() ? "nothing" : said)
              : said;
      return new Attempt(
          pass + "/" + objective + "/reported/" + number,
          pass,
          objective,
          "reported",
          0,
          number,
          0,
          one.outcome(),
          reason,
          List.of(),
          null,
          one.transcript());
    }

    ForeignFindings result() {
      findings.sort(Comparator.comparing(Finding::severity).reversed());
      return new ForeignFindings(
          new AiSystem(
              "Imported results",
              "what other tools reported",
              "not stated",
              null,
              components,
              List.of()),
          findings,
          attempts,
          coverage);
    }
  }
}
