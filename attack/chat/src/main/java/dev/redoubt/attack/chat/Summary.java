package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Fact;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Twin;
import dev.redoubt.runtime.stats.Reproduction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums a pass up: rates, findings, facts, coverage, usage. */
final class Summary {
  private static final String ORDINARY = "ordinary questions";

  private final Probes probes;
  private final Plan plan;
  private final String runId;
  private final List<Attempt> attempts;
  private final List<Twin> twins;
  private final Map<String, Exchange> hits;
  private final AttemptUsage usage;
  private final Extraction extraction;

  Summary(Probes probes, Plan plan, String runId, Recorder recorder) {
    this.probes = probes;
    this.plan = plan;
    this.runId = runId;
    this.attempts = recorder.attempts();
    this.twins = recorder.twins();
    this.hits = recorder.hits();
    this.usage = recorder.usage();
    this.extraction = recorder.extraction();
  }

  CampaignResult result(@Nullable String stopped, @Nullable String unreachable) {
    List<Objective> objectives =
        plan.attempts().stream()
            .map(PlannedCall::objective)
            .filter(o -> !Ordinaries.is(o))
            .distinct()
            .toList();
    var rates = new ArrayList<ObjectiveRate>();
    var findings = new ArrayList<Finding>();
    var facts = new ArrayList<Fact>();
    var coverage = new Coverage(List.of(), List.of());
    boolean follows = false;
    for (Objective objective : objectives) {
      List<Attempt> own =
          attempts.stream().filter(a -> a.objective().equals(objective.id())).toList();
      ObjectiveRate rate = ObjectiveRate.of(objective.id(), own);
      rates.add(rate);
      coverage = coverage.plus(coverage(objective, own, rate, stopped));
      boolean extracts = probes.judge(objective).followsExtraction();
      follows |= extracts;
      if (rate.allSuccesses() > 0) {
        var writer =
            new FindingWriter(
                plan,
                objective,
                rate,
                own,
                hits.get(objective.id()),
                probes.judge(objective).planting());
        findings.add(
            writer.finding(
                extracts ? extraction : null, probes.judge(objective).comparesWithPlain()));
        facts.add(writer.fact());
      }
    }
    coverage = coverage.plus(ordinary(stopped));
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    return new CampaignResult(
        runId,
        plan.spec().pass(),
        plan.spec().seed(),
        attempts,
        twins,
        (int) plan.attempts().stream().filter(a -> !Ordinaries.is(a.objective())).count(),
        rates,
        follows ? extraction : null,
        findings,
        facts,
        coverage,
        usage(),
        stopped,
        unreachable);
  }

  private Coverage coverage(
      Objective objective, List<Attempt> own, ObjectiveRate rate, @Nullable String stopped) {
    String name = plan.target().name();
    var tested = new ArrayList<Coverage.Item>();
    var gaps = new ArrayList<Coverage.Gap>();
    if (rate.allTrials() > 0) {
      tested.add(
          new Coverage.Item(
              name,
              objective.id(),
              "%d attempts with a verdict, %d of them distinct; %d succeeded; %d unassessed"
                      .formatted(
                          rate.allTrials(), rate.trials(), rate.allSuccesses(), rate.unassessed())
                  + Reproduction.of(own).map(r -> "; " + r.words()).orElse("")));
    }
    var reasons = new LinkedHashMap<String, Integer>();
    own.stream()
        .filter(a -> a.outcome() == Outcome.UNASSESSED)
        .forEach(a -> reasons.merge(a.reason(), 1, Integer::sum));
    reasons.forEach((reason, count) ->
        gaps.add(
            new Coverage.Gap(
                name, objective.id(), count + " of " + own.size() + " attempts: " + reason)));
    long missing =
        plan.attempts().stream().filter(a -> a.objective().equals(objective)).count() - own.size();
    if (missing > 0) {
      gaps.add(
          new Coverage.Gap(
              name,
              objective.id(),
              missing + " attempts not made: " + (stopped == null ? "stopped" : stopped)));
    }
    return new Coverage(tested, gaps);
  }

  /** The ordinary questions beside the attacks, where there are any. */
  private Coverage ordinary(@Nullable String stopped) {
    long planned = plan.attempts().stream().filter(a -> Ordinaries.is(a.objective())).count();
    if (planned == 0) {
      return new Coverage(List.of(), List.of());
    }
    String name = plan.target().name();
    long judged = twins.stream().filter(t -> t.result() != Twin.Result.UNASSESSED).count();
    var gaps = new ArrayList<Coverage.Gap>();
    var reasons = new LinkedHashMap<String, Integer>();
    twins.stream()
        .filter(t -> t.result() == Twin.Result.UNASSESSED)
        .forEach(t -> reasons.merge(t.reason(), 1, Integer::sum));
    if (planned > twins.size()) {
      reasons.put(
          "not asked: " + (stopped == null ? "stopped" : stopped), (int) planned - twins.size());
    }
    reasons.forEach((reason, count) ->
        gaps.add(
            new Coverage.Gap(name, ORDINARY, count + " of " + planned + " questions: " + reason)));
    return new Coverage(
        judged == 0
            ? List.of()
            : List.of(
                new Coverage.Item(
                    name, ORDINARY, judged + " of " + planned + " questions with a verdict")),
        gaps);
  }

  private CampaignResult.Usage usage() {
    return new CampaignResult.Usage(
        usage.calls(),
        usage.planted(),
        usage.promptTokens(),
        usage.completionTokens(),
        usage.cost(),
        Duration.ofMillis(usage.millis()));
  }
}
