package dev.redoubt.attack.chat;

import dev.redoubt.core.Outcome;
import dev.redoubt.core.UsageException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a tape says about one pass. Verdicts are in memory, exchanges stay on the tape until
 * somebody asks for one.
 */
final class TapeState {
  /** No attempt has more; a larger number is damage. */
  private static final int MOST_TURNS = 10_000;

  private final TapeReader reader;
  private final AttemptReader attempts = new AttemptReader();
  private final String prefix;
  private final Map<String, Slots> turns = new HashMap<>();
  private final Map<String, JudgedAttempt> judged = new HashMap<>();
  private final Map<String, List<Slot>> attacker = new HashMap<>();
  private final Map<String, List<Slot>> verdicts = new HashMap<>();

  /** Keys of calls that went out and of which nothing came back. */
  private final Set<String> open = new HashSet<>();

  private final Deque<Slot> last = new ArrayDeque<>();
  private int skipped;

  private TapeState(Path tape, String pass) {
    this.reader = new TapeReader(tape);
    this.prefix = pass + "/";
  }

  /**
   * Reads a tape.
   *
   * @throws UsageException when a later version of Redoubt wrote it
   */
  static TapeState read(Path tape, String pass) {
    var state = new TapeState(tape, pass);
    int tooLong = state.reader.lines(state::line);
    state.skipped += tooLong;
    state.dropDamaged();
    return state;
  }

  private void line(byte[] bytes, int from, Slot slot) {
    Optional<RecordHead> head = RecordHead.read(bytes, from, slot.length());
    if (head.isEmpty()) {
      skipped++;
      return;
    }
    RecordHead record = head.get();
    if (record.type().equals(TapeRecords.TAPE)) {
      TapeRecords.requireKnown(record.version());
    } else if (record.id().startsWith(prefix)) {
      take(record, bytes, from, slot);
    }
  }

  private void take(RecordHead record, byte[] bytes, int from, Slot slot) {
    String key = Exchange.key(record.id(), record.turn());
    switch (record.type()) {
      case TapeRecords.SENT -> {
        Slots known = turns.get(record.id());
        if (known == null || known.get(record.turn()) == null) {
          open.add(key);
        }
      }
      case TapeRecords.EXCHANGE -> {
        if (record.turn() >= 0 && record.turn() < MOST_TURNS) {
          turns.computeIfAbsent(record.id(), i -> new Slots()).add(record.turn(), slot);
        }
        open.remove(key);
        last.add(slot);
        if (last.size() > Circuit.FAILURES) {
          last.remove();
        }
      }
      case TapeRecords.ATTEMPT -> attempt(record.id(), bytes, from, slot);
      case TapeRecords.ATTACKER ->
          attacker.computeIfAbsent(record.id(), i -> new ArrayList<>()).add(slot);
      case TapeRecords.VERDICT ->
          verdicts.computeIfAbsent(record.id(), i -> new ArrayList<>()).add(slot);
      default -> {
        // Records that this version does not need.
      }
    }
  }

  private void attempt(String id, byte[] bytes, int from, Slot slot) {
    Slots known = turns.get(id);
    Slots own = known == null ? new Slots() : known;
    Optional<JudgedAttempt> read =
        attempts.read(bytes, from, slot.length(), new TapedTranscript(reader, own));
    if (read.isEmpty()) {
      skipped++;
    } else if (judged.putIfAbsent(id, read.get()) == null) {
      turns.putIfAbsent(id, own);
    }
  }

  /** An exchange that nobody has judged yet must be whole, or its call goes out again. */
  private void dropDamaged() {
    for (Map.Entry<String, Slots> entry : turns.entrySet()) {
      if (!judged.containsKey(entry.getKey())) {
        Slots own = entry.getValue();
        for (int turn = 0; turn < MOST_TURNS; turn++) {
          Slot slot = own.get(turn);
          if (slot == null) {
            break;
          }
          if (reader.exchange(slot).isEmpty()) {
            own.remove(turn);
            skipped++;
          }
        }
      }
    }
  }

  private List<Slot> slots(String id) {
    Slots own = turns.get(id);
    return own == null ? List.of() : own.all();
  }

  /** The verdict that the tape holds of an attempt. */
  @Nullable JudgedAttempt judged(String id) {
    return judged.get(id);
  }

  /** A turn of an attempt, when the tape holds it. */
  Optional<Exchange> turn(String id, int turn) {
    Slots own = turns.get(id);
    Slot slot = own == null ? null : own.get(turn);
    return slot == null ? Optional.empty() : reader.exchange(slot);
  }

  /** Where a turn of an attempt stands. */
  Slot slot(String id, int turn) {
    Slots own = turns.get(id);
    Slot slot = own == null ? null : own.get(turn);
    if (slot == null) {
      throw new IllegalArgumentException(Exchange.key(id, turn) + " is not on the tape");
    }
    return slot;
  }

  /** All turns of an attempt that the tape holds, in order. */
  List<Exchange> turns(String id) {
    return slots(id).stream().flatMap(slot -> reader.exchange(slot).stream()).toList();
  }

  /** Says whether the tape holds a turn of an attempt. */
  boolean begun(String id) {
    Slots own = turns.get(id);
    return own != null && !own.isEmpty();
  }

  /** Says whether a call went out of which nothing came back. */
  boolean lost(String id, int turn) {
    return open.contains(Exchange.key(id, turn));
  }

  /** What the attacker's model answered during an attempt, in order. */
  List<JsonNode> attackerAnswers(String id) {
    return nodes(attacker.getOrDefault(id, List.of()));
  }

  /** The verdicts that somebody outside gave during an attempt. */
  List<JsonNode> outsideVerdicts(String id) {
    return nodes(verdicts.getOrDefault(id, List.of()));
  }

  private List<JsonNode> nodes(List<Slot> slots) {
    return slots.stream().flatMap(slot -> reader.node(slot).stream()).toList();
  }

  /** Attempts that are judged or begun. */
  int attempts() {
    return (int)
        turns.entrySet().stream()
            .filter(e -> judged.containsKey(e.getKey()) || !e.getValue().isEmpty())
            .count();
  }

  /** Verdicts that the tape holds. */
  Collection<JudgedAttempt> verdicts() {
    return judged.values();
  }

  /** Lines that could not be read. */
  int skipped() {
    return skipped;
  }

  /** What the pass took so far; calls of which nothing came back count. */
  AttemptUsage usage() {
    AttemptUsage sum = new AttemptUsage(open.size(), 0, 0, 0, 0, 0);
    for (JudgedAttempt one : judged.values()) {
      sum = sum.plus(one.usage());
    }
    for (String id : turns.keySet()) {
      if (!judged.containsKey(id)) {
        sum = sum.plus(AttemptUsage.of(turns(id)));
      }
    }
    return sum;
  }

  /** Says whether any call ever came back with a reply. */
  boolean worked() {
    return judged.values().stream().anyMatch(j -> j.attempt().outcome() != Outcome.UNASSESSED)
        || last.stream()
            .flatMap(slot -> reader.exchange(slot).stream())
            .anyMatch(e -> e.reply() != null);
  }

  /** Failures at the end of the tape with no reply after them, as far as a {@link Circuit} asks. */
  int failuresInARow() {
    int failures = 0;
    for (Slot slot : last) {
      boolean failed = reader.exchange(slot).map(e -> e.failure() != null).orElse(true);
      failures = failed ? failures + 1 : 0;
    }
    return failures;
  }
}
