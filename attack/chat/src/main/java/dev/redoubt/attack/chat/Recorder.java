package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.Interval;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Spread;
import dev.redoubt.core.Twin;
import dev.redoubt.runtime.stats.ConfidenceSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes attempts in the order of the plan, whatever the order they came in, so that a run of many
 * calls at once, or one that was cut and resumed, gives the same attempts and the same repeats as
 * one that went call by call. Thread-safe.
 */
final class Recorder {
  private final Plan plan;
  private final Marks marks;
  private final Set<String> severalWays;
  private final Tape tape;
  private final TapeState before;
  private final CampaignListener listener;
  private final ExtractionMeter meter;
  private final ReentrantLock turn = new ReentrantLock();
  private final PriorityQueue<Item> waiting =
      new PriorityQueue<>(Comparator.comparingInt(i -> i.call().index()));
  private final Map<String, String> firstOf = new HashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Twin> twins = new ArrayList<>();
  private final Map<String, Exchange> hits = new HashMap<>();
  private final Map<String, ConfidenceSequence> watched = new HashMap<>();
  private final Set<String> enough = ConcurrentHashMap.newKeySet();
  private AttemptUsage usage = AttemptUsage.NONE;
  private int next;

  /** An attempt that has its place in the plan: played, known from the tape, or left out. */
  private record Item(
      PlannedCall call,
      AttemptRun.@Nullable Played played,
      @Nullable JudgedAttempt known,
      @Nullable String reason) {}

  Recorder(
      Plan plan, Marks marks, Truth truth, Tape tape, TapeState before, CampaignListener listener) {
    this.plan = plan;
    this.marks = marks;
    this.severalWays = severalWays(plan);
    this.tape = tape;
    this.before = before;
    this.listener = listener;
    this.meter =
        new ExtractionMeter(
            truth,
            plan.target().attacker().map(dev.redoubt.core.Component.Identity::name).orElse(null));
  }

  /** Takes an attempt that was played. */
  void played(AttemptRun.Played played) {
    take(new Item(played.call(), played, null, null));
  }

  /** Takes an attempt whose verdict is on the tape. */
  void known(PlannedCall call, JudgedAttempt known) {
    take(new Item(call, null, known, null));
  }

  /** Takes an attempt without a call. */
  void leaveOut(PlannedCall call, String reason) {
    take(new Item(call, null, null, reason));
  }

  /** Passes over an attempt of which nothing is known. */
  void missing() {
    turn.lock();
    try {
      next++;
    } finally {
      turn.unlock();
    }
  }

  private void take(Item item) {
    turn.lock();
    try {
      waiting.add(item);
      for (Item first = waiting.peek();
          first != null && first.call().index() == next;
          first = waiting.peek()) {
        waiting.remove();
        next++;
        record(first, true);
      }
    } finally {
      turn.unlock();
    }
  }

  /**
   * Judges what waits for earlier calls that will not be made now. The tape does not get these
   * verdicts: the resumed run will give them, in order.
   */
  void finish() {
    turn.lock();
    try {
      while (!waiting.isEmpty()) {
        record(waiting.remove(), false);
      }
    } finally {
      turn.unlock();
    }
  }

  private void record(Item item, boolean onTape) {
    PlannedCall call = item.call();
    JudgedAttempt known = item.known();
    JudgedAttempt judged =
        known == null ? judged(item) : known.seen() == null ? completed(call, known) : known;
    String sameness = judged.sameness();
    if (sameness != null) {
      firstOf.putIfAbsent(sameness, call.id());
    }
    List<ExtractionMeter.Seen> seen = judged.seen();
    if (seen != null) {
      seen.forEach(meter::take);
    }
    usage = usage.plus(judged.usage());
    Attempt attempt = judged.attempt();
    if (known == null && onTape) {
      tape.append(TapeRecords.attempt(judged));
    }
    if (Ordinaries.is(call.objective())) {
      Twin twin = Ordinaries.twin(call, attempt);
      twins.add(twin);
      listener.twin(twin, done(), plan.attempts().size());
      return;
    }
    if (attempt.outcome() == Outcome.SUCCEEDED) {
      firstHit(item);
    }
    attempts.add(attempt);
    watch(attempt);
    listener.attempt(attempt, done(), plan.attempts().size());
  }

  private int done() {
    return attempts.size() + twins.size();
  }

  /** Verdicts are watched in the order of the plan: which answer came first tells something too. */
  private void watch(Attempt attempt) {
    Double width = plan.spec().stopWidth();
    if (width != null && attempt.counts()) {
      ConfidenceSequence sequence =
          watched
              .getOrDefault(attempt.objective(), ConfidenceSequence.start())
              .observe(attempt.outcome() == Outcome.SUCCEEDED);
      watched.put(attempt.objective(), sequence);
      Interval interval = sequence.interval();
      if (interval.high() - interval.low() <= width) {
        enough.add(attempt.objective());
      }
    }
  }

  /** Says whether the rate of an objective is known well enough to stop early. */
  boolean enough(Objective objective) {
    return enough.contains(objective.id());
  }

  /** Findings say how an objective was first reached. */
  private void firstHit(Item item) {
    String objective = item.call().objective().id();
    if (!hits.containsKey(objective)) {
      AttemptRun.Played played = item.played();
      List<Exchange> exchanges =
          played == null ? before.turns(item.call().id()) : played.exchanges();
      exchanges.stream().filter(e -> !e.setup()).findFirst().ifPresent(e -> hits.put(objective, e));
    }
  }

  private JudgedAttempt judged(Item item) {
    PlannedCall call = item.call();
    AttemptRun.Played played = item.played();
    if (played == null) {
      Verdict none = Verdict.unassessed(item.reason() == null ? "not called" : item.reason());
      return new JudgedAttempt(
          attempt(call, none, null, List.of(), null), null, List.of(), AttemptUsage.NONE);
    }
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

  /** What ordinary questions bring to light is what their asker may see. */
  private List<ExtractionMeter.Seen> seen(PlannedCall call, List<Exchange> exchanges) {
    return Ordinaries.is(call.objective())
        ? List.of()
        : exchanges.stream().flatMap(e -> meter.look(e).stream()).toList();
  }

  /** Objectives whose texts go in by more than one way. */
  private static Set<String> severalWays(Plan plan) {
    var first = new HashMap<String, PlantWay>();
    var several = new HashSet<String>();
    for (PlannedCall call : plan.attempts()) {
      Wording.PlantedText plant = call.prompt().plant();
      String objective = call.objective().id();
      if (plant != null
          && !plant.way().equals(first.computeIfAbsent(objective, o -> plant.way()))) {
        several.add(objective);
      }
    }
    return several;
  }

  /** Where texts go in by several ways, each verdict says by which. */
  private Verdict withWay(PlannedCall call, Verdict verdict) {
    Wording.PlantedText plant = call.prompt().plant();
    return plant == null || !severalWays.contains(call.objective().id())
        ? verdict
        : new Verdict(
            verdict.outcome(),
            verdict.reason() + "; planted by " + plant.way().words(),
            verdict.factsSeen());
  }

  /** A tape of an earlier version did not keep what its exchanges brought to light. */
  private JudgedAttempt completed(PlannedCall call, JudgedAttempt known) {
    List<Exchange> exchanges = before.turns(call.id());
    boolean answered = exchanges.stream().anyMatch(e -> e.reply() != null);
    return new JudgedAttempt(
        known.attempt(),
        answered ? sameness(call, exchanges) : null,
        seen(call, exchanges),
        AttemptUsage.of(exchanges));
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

  /** The attempts so far, in the order of the plan. */
  List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** The first turn of the first success of each objective. */
  Map<String, Exchange> hits() {
    return Map.copyOf(hits);
  }

  /** The ordinary questions so far, in the order of the plan. */
  List<Twin> twins() {
    return List.copyOf(twins);
  }

  AttemptUsage usage() {
    return usage;
  }

  Extraction extraction() {
    return meter.extraction();
  }
}
