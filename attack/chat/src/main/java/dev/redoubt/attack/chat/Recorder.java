package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Interval;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Twin;
import dev.redoubt.runtime.stats.ConfidenceSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
  private final AttemptVerdicts verdicts;
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
    this.tape = tape;
    this.before = before;
    this.listener = listener;
    this.meter =
        new ExtractionMeter(
            truth,
            plan.target().attacker().map(dev.redoubt.core.Component.Identity::name).orElse(null));
    this.verdicts = new AttemptVerdicts(plan, marks, meter);
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
        known == null
            ? judged(item)
            : known.seen() == null
                ? verdicts.completed(call, known, before.turns(call.id()))
                : known;
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
    AttemptRun.Played played = item.played();
    return played == null
        ? verdicts.leftOut(item.call(), item.reason() == null ? "not called" : item.reason())
        : verdicts.of(played, firstOf);
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
