package dev.redoubt.attack.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the turns of one attempt stand on a tape, by their number. Small, since a run may have a
 * hundred thousand of them. For one thread.
 */
final class Slots {
  private long[] offsets = new long[1];
  private int[] lengths = new int[1];

  /** Takes a turn; the first of two with the same number counts. */
  void add(int turn, Slot slot) {
    if (turn >= lengths.length) {
      offsets = Arrays.copyOf(offsets, turn + 1);
      lengths = Arrays.copyOf(lengths, turn + 1);
    }
    if (lengths[turn] == 0) {
      offsets[turn] = slot.offset();
      lengths[turn] = slot.length();
    }
  }

  /** Where a turn stands; null when it is not on the tape. */
  @Nullable Slot get(int turn) {
    return turn < lengths.length && lengths[turn] > 0
        ? new Slot(offsets[turn], lengths[turn])
        : null;
  }

  /** Forgets a turn. */
  void remove(int turn) {
    lengths[turn] = 0;
  }

  /** All turns, in order. */
  List<Slot> all() {
    var all = new ArrayList<Slot>();
    for (int turn = 0; turn < lengths.length; turn++) {
      Slot slot = get(turn);
      if (slot != null) {
        all.add(slot);
      }
    }
    return all;
  }

  boolean isEmpty() {
    return all().isEmpty();
  }
}
