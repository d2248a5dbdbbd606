package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Fact;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Outcome;
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
  private final Probes probes;
  private final Plan plan;
  private final String runId;
  private final List<Attempt> attempts;
  private final Map<String, Exchange> hits;
  private final AttemptUsage usage;
  private final Extraction extraction;

  Summary(Probes probes, Plan plan, String runId, Recorder recorder) {
    this.probes = probes;
    this.plan = plan;
    this.runId = runId;
    this.attempts = recorder.attempts();
    this.hits = recorder.hits();
    this.usage = recorder.usage();
    this.extraction = recorder.extraction();
  }

  CampaignResult result(@Nullable String stopped, @Nullable String unreachable) {
    List<Objective> objectives =
        plan.attempts().stream().map(PlannedCall::objective).distinct().toList();
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
        var writer = new FindingWriter(
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
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    return new CampaignResult(
        runId,
        plan.spec().pass(),
        plan.spec().seed(),
        attempts,
        plan.attempts().size(),
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
