package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Fingerprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Judges exchanges in the order of the plan, whatever the order they came in, so that a run of many
 * calls at once, or one that was cut and resumed, gives the same attempts and the same repeats as
 * one that went call by call. Thread-safe.
 */
final class Recorder {
  private final Probes probes;
  private final Plan plan;
  private final Truth truth;
  private final Tape tape;
  private final TapeState before;
  private final CampaignListener listener;
  private final ExtractionMeter meter;
  private final ReentrantLock turn = new ReentrantLock();
  private final PriorityQueue<Item> waiting =
      new PriorityQueue<>(Comparator.comparingInt(i -> i.call().index()));
  private final Map<String, String> firstOf = new HashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<String, Exchange> exchanges = new HashMap<>();
  private int next;

  /** An attempt that can be judged: with its exchange, or with a reason why there is none. */
  private record Item(PlannedCall call, @Nullable Exchange exchange, @Nullable String reason) {}

  Recorder(
      Probes probes,
      Plan plan,
      Truth truth,
      Tape tape,
      TapeState before,
      CampaignListener listener) {
    this.probes = probes;
    this.plan = plan;
    this.truth = truth;
    this.tape = tape;
    this.before = before;
    this.listener = listener;
    this.meter =
        new ExtractionMeter(
            truth,
            plan.target().attacker().map(dev.redoubt.core.Component.Identity::name).orElse(null));
  }

  /** Takes an exchange that is on the tape. */
  void exchange(PlannedCall call, Exchange exchange) {
    take(new Item(call, exchange, null));
  }

  /** Takes an attempt without a call. */
  void leaveOut(PlannedCall call, String reason) {
    take(new Item(call, null, reason));
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
    Exchange exchange = item.exchange();
    Judge judge = probes.judge(call.objective());
    if (exchange != null) {
      exchanges.put(call.id(), exchange);
      if (exchange.reply() != null) {
        meter.observe(exchange);
      }
    }
    JsonNode known = before.attempts().get(call.id());
    Attempt attempt =
        known == null
            ? judged(item, judge)
            : TapeRecords.attempt(known, exchange == null ? List.of() : transcript(exchange));
    if (exchange != null && exchange.reply() != null) {
      firstOf.putIfAbsent(sameness(call, exchange), call.id());
    }
    attempts.add(attempt);
    if (known == null && onTape) {
      tape.append(TapeRecords.attempt(attempt));
    }
    listener.attempt(attempt, attempts.size(), plan.attempts().size());
  }

  private Attempt judged(Item item, Judge judge) {
    PlannedCall call = item.call();
    Exchange exchange = item.exchange();
    Verdict verdict;
    String duplicateOf = null;
    if (exchange == null) {
      verdict = Verdict.unassessed(item.reason() == null ? "not called" : item.reason());
    } else if (exchange.failure() != null) {
      verdict = Verdict.unassessed(exchange.failure().message());
    } else {
      verdict = judge.judge(Dialogue.of(exchange), truth);
      duplicateOf = firstOf.get(sameness(call, exchange));
    }
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
        exchange == null ? List.of() : transcript(exchange));
  }

  /** Two exchanges are the same when asker, words, reply and effects are, sink addresses apart. */
  private static String sameness(PlannedCall call, Exchange exchange) {
    String token = Caller.token(call);
    return Fingerprint.of(
        call.objective().id(),
        String.valueOf(exchange.identity()),
        exchange.attackerText().replace(token, ""),
        exchange.answer().replace(token, ""),
        String.valueOf(exchange.ledger()).replace(token, ""));
  }

  private static List<Turn> transcript(Exchange exchange) {
    var turns = new ArrayList<Turn>();
    Wording.PlantedText plant = exchange.plant();
    if (plant != null) {
      turns.add(new Turn("document", plant.subject() + "\n" + plant.whole()));
    }
    turns.add(new Turn("user", exchange.question()));
    if (exchange.reply() != null) {
      turns.add(new Turn("assistant", exchange.answer()));
    }
    List<String> ledger = exchange.ledger();
    if (ledger != null) {
      ledger.forEach(line -> turns.add(new Turn("tool", line)));
    }
    return turns;
  }

  /** The attempts so far, in the order of the plan. */
  List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** The exchanges so far, by id of the attempt. */
  Map<String, Exchange> exchanges() {
    return Map.copyOf(exchanges);
  }

  Extraction extraction() {
    return meter.extraction();
  }
}
