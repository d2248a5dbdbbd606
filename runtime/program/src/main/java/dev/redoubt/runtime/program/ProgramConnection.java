package dev.redoubt.runtime.program;

import dev.redoubt.runtime.program.ProgramException.Kind;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The line to a program over all its lives: one that died is started again for the next request, so
 * that a crash costs the requests that were under way and no more. One that dies {@value
 * #MOST_BARREN_LIVES} times in a row without a single answer is given up. Thread-safe, blocking.
 */
final class ProgramConnection implements AutoCloseable {
  static final int MOST_BARREN_LIVES = 5;

  private final Role role;
  private final ProgramSpec spec;
  private final ReentrantLock lock = new ReentrantLock();
  private Life life;
  private int barren;
  private @Nullable ProgramException failedStart;
  private volatile boolean closed;

  private ProgramConnection(Role role, ProgramSpec spec, Life first) {
    this.role = role;
    this.spec = spec;
    this.life = first;
  }

  /** Starts the program and waits until it is ready. */
  static ProgramConnection start(Role role, ProgramSpec spec)
      throws ProgramException, InterruptedException {
    return new ProgramConnection(role, spec, Life.start(role, spec));
  }

  /** What the program said of itself in its last life that got so far. */
  Ready ready() {
    lock.lock();
    try {
      return life.ready();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a request as soon as the program takes one more.
   *
   * @param same the life that must answer; absent when any may
   */
  Call call(ObjectNode request, @Nullable Life same) throws ProgramException, InterruptedException {
    while (true) {
      Life now = living();
      if (same != null && same != now) {
        throw forgotten();
      }
      Semaphore permits = now.permits();
      permits.acquire();
      // It may have died while we waited; then the next life gets what it was never asked.
      if (!now.isOver()) {
        return now.ask(request);
      }
      permits.release();
    }
  }

  ProgramException forgotten() {
    return new ProgramException(
        Kind.FORGOTTEN,
        spec.shown()
            + " was started again in the middle of this conversation and does not remember it"
            + " (one that needs only the history may say \"stateless\": true)");
  }

  private Life living() throws ProgramException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (closed) {
        throw new ProgramException(Kind.CLOSED, spec.shown() + " is closed");
      }
      if (life.isOver()) {
        revive();
      }
      return life;
    } finally {
      lock.unlock();
    }
  }

  private void revive() throws ProgramException, InterruptedException {
    if (failedStart == null) {
      barren = life.answered() ? 0 : barren + 1;
    }
    if (barren >= MOST_BARREN_LIVES) {
      ProgramException last = failedStart == null ? life.why() : failedStart;
      throw new ProgramException(
          Kind.GIVEN_UP,
          (last == null ? spec.shown() : last.getMessage())
              + " (given up: "
              + barren
              + " times in a row without an answer)");
    }
    try {
      life = Life.start(role, spec);
      failedStart = null;
    } catch (ProgramException e) {
      failedStart = e;
      barren++;
      throw e;
    }
  }

  @Override
  public void close() {
    // Before the lock: whoever holds it may be starting the program, and nobody shall do so again.
    closed = true;
    lock.lock();
    try {
      life.close();
    } finally {
      lock.unlock();
    }
  }
}
