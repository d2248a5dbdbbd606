package dev.redoubt.attack.chat;

import java.util.concurrent.Semaphore;

/**
 * Keeps a pass to so many attempts at a time that may call. An attempt whose reply is on the tape
 * lets its slot go while it is judged, so that the target is never idle for our thinking.
 */
final class CallSlots {
  private final Semaphore free;

  /**
   * @param most so many at a time
   */
  CallSlots(int most) {
    this.free = new Semaphore(most, true);
  }

  /** Waits for a slot. */
  Slot take() throws InterruptedException {
    free.acquire();
    return new Slot();
  }

  /** A slot of one attempt, held or let go. For one thread. */
  final class Slot implements AutoCloseable {
    private boolean held = true;

    /** Lets another attempt call. */
    void letGo() {
      if (held) {
        held = false;
        free.release();
      }
    }

    /** Waits until this attempt may call again. */
    void takeAgain() throws InterruptedException {
      if (!held) {
        free.acquire();
        held = true;
      }
    }

    @Override
    public void close() {
      letGo();
    }
  }
}
