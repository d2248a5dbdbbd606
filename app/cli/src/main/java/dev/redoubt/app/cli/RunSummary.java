package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.ObjectiveRate;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Fact;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Twin;
import dev.redoubt.runtime.stats.Reproduction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The passes of a run taken together.
 *
 * @param runId id of the run
 * @param seed seed of the run
 * @param attempts all attempts, pass by pass
 * @param twins ordinary questions beside composed attacks, pass by pass
 * @param rates one for each pass and objective, named by both when there are several passes
 * @param findings worst first
 * @param facts what was established
 * @param coverage what was and was not tested
 * @param stopped why it ended early and can be resumed; absent when it did not
 * @param unreachable what is set up wrong; absent when nothing is
 */
record RunSummary(
    String runId,
    long seed,
    List<Attempt> attempts,
    List<Twin> twins,
    List<ObjectiveRate> rates,
    List<Finding> findings,
    List<Fact> facts,
    Coverage coverage,
    @Nullable String stopped,
    @Nullable String unreachable) {

  /** Takes the passes of a run together; there is at least one. */
  static RunSummary of(List<CampaignResult> passes) {
    Coverage coverage = new Coverage(List.of(), List.of());
    for (CampaignResult pass : passes) {
      coverage = coverage.plus(pass.coverage());
    }
    return new RunSummary(
        passes.getFirst().runId(),
        passes.getFirst().seed(),
        passes.stream().flatMap(p -> p.attempts().stream()).toList(),
        passes.stream().flatMap(p -> p.twins().stream()).toList(),
        passes.stream()
            .flatMap(p -> p.rates().stream().map(r -> passes.size() == 1 ? r : named(p, r)))
            .toList(),
        passes.stream()
            .flatMap(p -> p.findings().stream())
            .sorted(Comparator.comparing(Finding::severity).reversed())
            .toList(),
        passes.stream().flatMap(p -> p.facts().stream()).toList(),
        coverage,
        first(passes.stream().map(CampaignResult::stopped)),
        first(passes.stream().map(CampaignResult::unreachable)));
  }

  private static ObjectiveRate named(CampaignResult pass, ObjectiveRate rate) {
    return new ObjectiveRate(
        pass.pass() + "/" + rate.objective(),
        rate.successes(),
        rate.trials(),
        rate.allSuccesses(),
        rate.allTrials(),
        rate.unassessed(),
        rate.interval());
  }

  private static @Nullable String first(Stream<@Nullable String> texts) {
    return texts.filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** How attacks spread, by the name of their rate; empty where that was not measured. */
  Map<String, Reproduction> growths() {
    Map<String, List<Attempt>> groups = new LinkedHashMap<>();
    boolean several = attempts.stream().map(Attempt::pass).distinct().count() > 1;
    attempts.forEach(a ->
        groups
            .computeIfAbsent(
                several ? a.pass() + "/" + a.objective() : a.objective(), k -> new ArrayList<>())
            .add(a));
    Map<String, Reproduction> growths = new LinkedHashMap<>();
    groups.forEach(
        (name, own) -> Reproduction.of(own).ifPresent(spread -> growths.put(name, spread)));
    return growths;
  }

  /** What went wrong with the run itself, one line each. */
  List<String> errors() {
    List<String> errors = new ArrayList<>();
    if (stopped != null) {
      errors.add(stopped);
    }
    if (unreachable != null) {
      errors.add(unreachable);
    }
    return errors;
  }

  /** Says whether some objective got no verdict at all. */
  boolean silent() {
    return rates.isEmpty() || rates.stream().anyMatch(r -> r.allTrials() == 0);
  }

  /** Why some objective got no verdict at all, in one line; absent when all got one. */
  @Nullable String silence() {
    List<String> silent =
        rates.stream().filter(r -> r.allTrials() == 0).map(ObjectiveRate::objective).toList();
    return silent.isEmpty()
        ? null
        : "no verdict on "
            + String.join(", ", silent)
            + coverage.notTested().stream()
                .filter(gap -> silent.stream().anyMatch(o -> o.endsWith(gap.what())))
                .findFirst()
                .map(gap -> ": " + gap.reason())
                .orElse("");
  }

  /** The same with more that was not tested. */
  RunSummary plus(Coverage more) {
    return new RunSummary(
        runId,
        seed,
        attempts,
        twins,
        rates,
        findings,
        facts,
        coverage.plus(more),
        stopped,
        unreachable);
  }
}
