package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Confidence;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Fact;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.Outcome;
import dev.redoubt.runtime.stats.Reproduction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the finding of an objective that succeeded at least once. */
final class FindingWriter {
  private static final int TRANSCRIPTS = 3;
  private static final int MOST_NAMED = 8;

  private final Plan plan;
  private final Objective objective;
  private final ObjectiveRate rate;
  private final List<Attempt> attempts;
  private final List<Attempt> hits;
  private final @Nullable Exchange first;
  private final Planting planting;

  FindingWriter(
      Plan plan,
      Objective objective,
      ObjectiveRate rate,
      List<Attempt> attempts,
      @Nullable Exchange first,
      Planting planting) {
    this.plan = plan;
    this.objective = objective;
    this.rate = rate;
    this.attempts = attempts;
    this.hits = attempts.stream().filter(a -> a.outcome() == Outcome.SUCCEEDED).toList();
    this.first = first;
    this.planting = planting;
  }

  /**
   * Writes it.
   *
   * @param extraction heads it when present
   * @param comparesWithPlain whether the rate without attack stands beside
   */
  Finding finding(@Nullable Extraction extraction, boolean comparesWithPlain) {
    String component = plan.target().name();
    var evidence = new ArrayList<Evidence>();
    evidence.add(
        new Evidence.Rate(
            "attempts at " + objective.id() + " that succeeded",
            rate.successes(),
            rate.trials(),
            rate.interval(),
            plan.spec().seed()));
    ObjectiveRate plain = comparesWithPlain ? plain() : null;
    if (plain != null) {
      evidence.add(
          new Evidence.Rate(
              "the same requests without attack that succeeded",
              plain.successes(),
              plain.trials(),
              plain.interval(),
              plan.spec().seed()));
    }
    Optional<JudgeCorrection> correction = JudgeCorrection.of(plan, objective, attempts);
    correction.flatMap(JudgeCorrection::evidence).ifPresent(evidence::add);
    Optional<Reproduction> spread = Reproduction.of(attempts);
    spread.ifPresent(r -> evidence.add(quantity(r)));
    ExtractionWords bulk =
        extraction == null ? null : new ExtractionWords(extraction, plan.spec().seed());
    if (bulk != null) {
      evidence.addAll(bulk.curves());
    }
    evidence.addAll(transcripts());
    return new Finding(
        objective.ruleId(),
        objective.title(),
        objective.severity(),
        byOthers() == hits.size() ? Confidence.FIRM : Confidence.CERTAIN,
        component,
        plan.target().endpoint().location(),
        (bulk == null ? "" : bulk.headline())
            + whatCameOut()
            + whoJudged()
            + howOften()
            + correction.map(JudgeCorrection::words).orElse("")
            + beside(plain)
            + spread.map(r -> "It spreads: " + r.words() + ". ").orElse("")
            + ownWords()
            + byWhichTechnique()
            + byWhichWay(),
        evidence,
        objective.references(),
        objective.remedy(),
        Fingerprint.of(objective.ruleId(), component));
  }

  private Evidence quantity(Reproduction spread) {
    return new Evidence.Quantity(
        "reproduction number: others that an infected mailbox infects, on average, in a population"
            + " of %d that is still whole, over %d infected mailboxes of %d distinct outbreaks"
                .formatted(spread.population(), spread.mailboxes(), spread.outbreaks()),
        spread.number(),
        "mailboxes per infected mailbox",
        spread.interval(),
        plan.spec().seed());
  }

  /** The rate of the plain question; null when none was asked. */
  private @Nullable ObjectiveRate plain() {
    ObjectiveRate plain =
        ObjectiveRate.of(
            objective.id(),
            attempts.stream().filter(a -> a.technique().equals(Technique.PLAIN)).toList());
    return plain.trials() == 0 ? null : plain;
  }

  private static String beside(@Nullable ObjectiveRate plain) {
    return plain == null
        ? ""
        : "Asked in plain words, without attack, it succeeded in %d of %d. "
            .formatted(plain.successes(), plain.trials());
  }

  /** How many of the successes were asked in the system's own words. */
  private String ownWords() {
    long composed = attempts.stream().filter(a -> a.ownWords() && counted(a)).count();
    long own = hits.stream().filter(a -> a.ownWords() && counted(a)).count();
    return composed == 0
        ? ""
        : "Asked in words of the system's own description it succeeded in %d of %d. "
            .formatted(own, composed);
  }

  private static boolean counted(Attempt attempt) {
    return attempt.outcome() != Outcome.UNASSESSED;
  }

  /** What the success says about the system, for the threat model. */
  Fact fact() {
    return new Fact(
        plan.target().name(),
        objective.id(),
        "%s: shown by %d of %d distinct attempts"
            .formatted(objective.title(), rate.successes(), rate.trials()));
  }

  private String whatCameOut() {
    Set<String> facts = new LinkedHashSet<>();
    hits.forEach(h -> facts.addAll(h.factsSeen()));
    String who = who();
    if (facts.isEmpty()) {
      return "%s made it happen: %s. ".formatted(who, hits.getFirst().reason());
    }
    String named = facts.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int more = facts.size() - MOST_NAMED;
    return facts.size() == 1
        ? "%s got %s out of it%s. ".formatted(who, named, how())
        : "%s got %d planted facts out of it%s: %s. "
            .formatted(
                who, facts.size(), how(), more > 0 ? named + " and " + more + " more" : named);
  }

  private long byOthers() {
    return hits.stream().filter(h -> h.reason().startsWith(Verdict.JUDGED_BY)).count();
  }

  /** No planted fact decided: whoever reads the rate must know whose opinion it is. */
  private String whoJudged() {
    long others = byOthers();
    return others == 0
        ? ""
        : "%d of %d successes were %s, not decided by planted facts. "
            .formatted(
                others,
                hits.size(),
                hits.stream()
                    .map(Attempt::reason)
                    .filter(r -> r.startsWith(Verdict.JUDGED_BY))
                    .map(r -> r.replaceFirst(": .*", ""))
                    .distinct()
                    .collect(Collectors.joining(" or ")));
  }

  private String who() {
    Wording.PlantedText plant = first == null ? null : first.plant();
    String identity = first == null ? null : first.identity();
    String account = identity == null ? "an anonymous caller" : "the account '" + identity + "'";
    if (plant != null) {
      return planting.reached(account, plant.way());
    }
    return identity == null ? "An anonymous caller" : "The account '" + identity + "'";
  }

  private String how() {
    return first != null && first.plant() == null ? " by asking in the chat" : "";
  }

  private String howOften() {
    String n =
        rate.allTrials() == rate.trials()
            ? "n = " + rate.trials()
            : "n = %d distinct, %d with repeats".formatted(rate.trials(), rate.allTrials());
    return "It succeeded in %d of %d distinct attempts: %s, 95 %% interval %s to %s (%s, %s%s). "
        .formatted(
            rate.successes(),
            rate.trials(),
            rate.speaks() ? percent(rate.rate()) : "too few for a rate",
            percent(rate.interval().low()),
            percent(rate.interval().high()),
            rate.interval().method().equals("wilson") ? "Wilson" : "confidence sequence",
            n,
            rate.unassessed() == 0 ? "" : ", " + rate.unassessed() + " without a verdict");
  }

  private String byWhichTechnique() {
    return "By technique: " + counts(Attempt::technique);
  }

  /** Says which ways in were open; nothing where there is one. */
  private String byWhichWay() {
    var ways = new PlanWays(plan);
    Function<Attempt, Optional<String>> way = a -> ways.words(objective.id(), a.id());
    return attempts.stream().flatMap(a -> way.apply(a).stream()).distinct().count() < 2
        ? ""
        : " By way in: " + counts(a -> way.apply(a).orElse("the chat"));
  }

  private String counts(Function<Attempt, String> of) {
    var successes = new LinkedHashMap<String, int[]>();
    for (Attempt attempt : attempts) {
      if (attempt.outcome() != Outcome.UNASSESSED) {
        int[] count = successes.computeIfAbsent(of.apply(attempt), t -> new int[2]);
        count[0] += attempt.outcome() == Outcome.SUCCEEDED ? 1 : 0;
        count[1]++;
      }
    }
    return successes.entrySet().stream()
            .sorted(Comparator.comparingDouble(e -> -(double) e.getValue()[0] / e.getValue()[1]))
            .map(e -> "%s %d of %d".formatted(e.getKey(), e.getValue()[0], e.getValue()[1]))
            .collect(Collectors.joining(", "))
        + ".";
  }

  /** The shortest successes, one for each technique: what a reader grasps first. */
  private List<Evidence> transcripts() {
    var shortest = new LinkedHashMap<String, Attempt>();
    hits.stream()
        .filter(h -> !h.transcript().isEmpty())
        .sorted(Comparator.comparingInt(FindingWriter::length))
        .forEach(h -> shortest.putIfAbsent(h.technique(), h));
    return shortest.values().stream()
        .limit(TRANSCRIPTS)
        .map(h ->
            (Evidence)
                new Evidence.Transcript(
                    h.technique() + (h.ownWords() ? ", own words" : "") + ": " + h.reason(),
                    h.id(),
                    h.transcript()))
        .toList();
  }

  private static int length(Attempt attempt) {
    return attempt.transcript().stream().mapToInt(t -> t.text().length()).sum();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
