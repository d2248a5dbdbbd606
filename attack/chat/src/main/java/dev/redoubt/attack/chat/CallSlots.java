package dev.redoubt.attack.chat;

import java.util.concurrent.Semaphore;

/**
 * Keeps a pass to so many attempts at a time that may call. An attempt whose reply is on the tape
 * lets its slot go while it is judged, so that the target is never idle for our thinking; and so
 * few are judged at a time that a processor is left for the replies that come in meanwhile.
 */
final class CallSlots {
  private static final int JUDGES = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

  private final Semaphore calls;
  private final Semaphore judges = new Semaphore(JUDGES, true);

  /**
   * @param most so many calls at a time
   */
  CallSlots(int most) {
    this.calls = new Semaphore(most, true);
  }

  /** Waits until one more attempt may call. */
  Slot take() throws InterruptedException {
    calls.acquire();
    return new Slot();
  }

  private enum Held {
    CALL,
    JUDGE,
    NOTHING
  }

  /** What one attempt holds. For one thread. */
  final class Slot implements AutoCloseable {
    private Held held = Held.CALL;

    private Slot() {}

    /** Lets another attempt call, and waits until this one may be judged. */
    void judge() throws InterruptedException {
      if (held != Held.JUDGE) {
        close();
        judges.acquire();
        held = Held.JUDGE;
      }
    }

    /** Waits until this attempt may call again. */
    void call() throws InterruptedException {
      if (held != Held.CALL) {
        close();
        calls.acquire();
        held = Held.CALL;
      }
    }

    @Override
    public void close() {
      Held back = held;
      // Whoever is interrupted while it waits holds nothing, and must not give back a second time.
      held = Held.NOTHING;
      switch (back) {
        case CALL -> calls.release();
        case JUDGE -> judges.release();
        case NOTHING -> {}
      }
    }
  }
}
