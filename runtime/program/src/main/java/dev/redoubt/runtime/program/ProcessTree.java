package dev.redoubt.runtime.program;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A program with the processes that it started. They are remembered while it runs: once it is dead,
 * the system no longer says whose they were. A process that was started and left between two looks
 * escapes.
 */
final class ProcessTree {
  private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

  /** A process may start another one while it is being killed. */
  private static final int ROUNDS = 3;

  private final ProcessHandle root;
  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
  private volatile long lastLook = System.nanoTime() - BETWEEN_LOOKS;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /** Looks who is there, at most once a second: it reads the whole process table. */
  void look() {
    long now = System.nanoTime();
    if (now - lastLook >= BETWEEN_LOOKS) {
      lastLook = now;
      remember();
    }
  }

  private void remember() {
    root.descendants().forEach(seen::add);
    // Children of children whose parent has ended in the meantime.
    for (ProcessHandle child : Set.copyOf(seen)) {
      child.descendants().forEach(seen::add);
    }
  }

  /** Kills all of them; a handle knows when its process began, so nobody else's id is hit. */
  void kill() {
    for (int round = 0; round < ROUNDS; round++) {
      remember();
      root.destroyForcibly();
      seen.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
