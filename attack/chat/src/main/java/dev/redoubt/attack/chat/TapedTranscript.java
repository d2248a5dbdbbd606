package dev.redoubt.attack.chat;

import dev.redoubt.core.Evidence.Turn;
import java.lang.ref.SoftReference;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transcript of an attempt, read from the tape when it is looked at: a run of a hundred
 * thousand attempts does not fit into memory otherwise.
 */
final class TapedTranscript extends AbstractList<Turn> {
  private final TapeReader tape;
  private final Slots slots;
  private @Nullable SoftReference<List<Turn>> read;

  TapedTranscript(TapeReader tape, Slots slots) {
    this.tape = tape;
    this.slots = slots;
  }

  private synchronized List<Turn> turns() {
    SoftReference<List<Turn>> kept = read;
    List<Turn> turns = kept == null ? null : kept.get();
    if (turns == null) {
      turns = new ArrayList<>();
      for (Slot slot : slots.all()) {
        for (Turn turn : tape.exchange(slot).map(TapedTranscript::of).orElse(List.of())) {
          if (!saidBefore(turn, turns)) {
            turns.add(turn);
          }
        }
      }
      read = new SoftReference<>(turns);
    }
    return turns;
  }

  /** A text that was planted by saying it stands there already. */
  private static boolean saidBefore(Turn turn, List<Turn> turns) {
    return turn.role().equals("document")
        && turns.stream().anyMatch(t -> t.role().equals("user") && turn.text().endsWith(t.text()));
  }

  /** The messages of an exchange. */
  static List<Turn> of(Exchange exchange) {
    var turns = new ArrayList<Turn>();
    Wording.PlantedText plant = exchange.plant();
    if (plant != null) {
      String way = plant.way().equals(PlantWay.TICKET) ? "" : "[" + plant.way().words() + "]\n";
      turns.add(new Turn("document", way + plant.subject() + "\n" + plant.whole()));
    }
    turns.add(new Turn("user", exchange.question()));
    if (exchange.reply() != null) {
      turns.add(new Turn("assistant", exchange.answer()));
    }
    List<String> ledger = exchange.ledger();
    if (ledger != null) {
      ledger.forEach(line -> turns.add(new Turn("tool", line)));
    }
    for (Exchange.Effect effect : exchange.effects()) {
      turns.add(new Turn("tool", "effect: " + effect.kind() + ": " + effect.what()));
    }
    return turns;
  }

  @Override
  public Iterator<Turn> iterator() {
    return turns().iterator();
  }

  @Override
  public boolean isEmpty() {
    return slots.isEmpty();
  }

  @Override
  public Turn get(int index) {
    return turns().get(index);
  }

  @Override
  public int size() {
    return turns().size();
  }
}
