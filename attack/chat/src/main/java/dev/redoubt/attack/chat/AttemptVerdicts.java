package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of an attempt that was played, left out or taped what reports and tapes keep of it. */
final class AttemptVerdicts {
  private final Plan plan;
  private final Marks marks;
  private final ExtractionMeter meter;
  private final PlanWays ways;

  AttemptVerdicts(Plan plan, Marks marks, ExtractionMeter meter) {
    this.plan = plan;
    this.marks = marks;
    this.meter = meter;
    this.ways = new PlanWays(plan);
  }

  /** An attempt without a call. */
  JudgedAttempt leftOut(PlannedCall call, String reason) {
    return new JudgedAttempt(
        attempt(call, Verdict.unassessed(reason), null, List.of(), null),
        null,
        List.of(),
        AttemptUsage.NONE);
  }

  /**
   * An attempt that was played.
   *
   * @param firstOf ids of the first attempts that were the same, by what makes them so
   */
  JudgedAttempt of(AttemptRun.Played played, Map<String, String> firstOf) {
    PlannedCall call = played.call();
    List<Exchange> exchanges = played.exchanges();
    Verdict verdict = marks.apply(call, withWay(call, played.verdict()));
    boolean answered = played.verdict().outcome() != Outcome.UNASSESSED;
    String sameness = answered ? sameness(call, exchanges) : null;
    return new JudgedAttempt(
        attempt(
            call,
            verdict,
            sameness == null ? null : firstOf.get(sameness),
            played.transcript(),
            played.spread()),
        sameness,
        seen(call, exchanges),
        AttemptUsage.of(exchanges));
  }

  /** A tape of an earlier version did not keep what its exchanges brought to light. */
  JudgedAttempt completed(PlannedCall call, JudgedAttempt known, List<Exchange> exchanges) {
    boolean answered = exchanges.stream().anyMatch(e -> e.reply() != null);
    return new JudgedAttempt(
        known.attempt(),
        answered ? sameness(call, exchanges) : null,
        seen(call, exchanges),
        AttemptUsage.of(exchanges));
  }

  /** What ordinary questions bring to light is what their asker may see. */
  private List<ExtractionMeter.Seen> seen(PlannedCall call, List<Exchange> exchanges) {
    return Ordinaries.is(call.objective())
        ? List.of()
        : exchanges.stream().flatMap(e -> meter.look(e).stream()).toList();
  }

  /** Where texts go in by several ways, each verdict says by which. */
  private Verdict withWay(PlannedCall call, Verdict verdict) {
    return ways.words(call.objective().id(), call.id())
        .map(way ->
            new Verdict(
                verdict.outcome(), verdict.reason() + "; planted by " + way, verdict.factsSeen()))
        .orElse(verdict);
  }

  private Attempt attempt(
      PlannedCall call,
      Verdict verdict,
      @Nullable String duplicateOf,
      List<Turn> transcript,
      @Nullable Spread spread) {
    return new Attempt(
        call.id(),
        plan.spec().pass(),
        call.objective().id(),
        call.technique().id(),
        call.wording(),
        call.repetition(),
        call.seed(),
        verdict.outcome(),
        verdict.reason(),
        verdict.factsSeen(),
        duplicateOf,
        transcript,
        plan.spec().stopWidth() != null,
        spread);
  }

  /** Two attempts are the same when asker, words, replies and effects are, drawn values apart. */
  private static String sameness(PlannedCall call, List<Exchange> exchanges) {
    String token = LateWords.token(call);
    String nonce = LateWords.nonce(call);
    var parts = new ArrayList<String>();
    parts.add(call.objective().id());
    for (Exchange exchange : exchanges) {
      parts.add(String.valueOf(exchange.identity()));
      Wording.PlantedText plant = exchange.plant();
      if (plant != null && !plant.way().equals(PlantWay.TICKET)) {
        parts.add(plant.way().words());
      }
      exchange.effects().forEach(e -> parts.add(e.kind()));
      for (String text :
          List.of(exchange.attackerText(), exchange.answer(), String.valueOf(exchange.ledger()))) {
        parts.add(text.replace(token, "").replace(nonce, ""));
      }
      exchange.strangerCalls().forEach(c -> parts.add(c.toString().replace(nonce, "")));
    }
    return Fingerprint.of(parts.toArray(String[]::new));
  }
}
