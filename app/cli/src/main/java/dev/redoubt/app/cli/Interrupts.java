package dev.redoubt.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C: the first one asks the running command to stop and waits until it has written what it
 * found. The virtual machine then ends with 130.
 */
final class Interrupts {
  private static final int GRACE_SECONDS = 30;
  private static final AtomicBoolean ASKED = new AtomicBoolean();
  private static final AtomicBoolean INSTALLED = new AtomicBoolean();
  private static final CountDownLatch FINISHED = new CountDownLatch(1);

  private Interrupts() {}

  /** Turns on the orderly stop for this process and returns what says whether it was asked for. */
  static BooleanSupplier install() {
    if (INSTALLED.compareAndSet(false, true)) {
      Runtime.getRuntime().addShutdownHook(new Thread(Interrupts::askAndWait, "interrupt"));
    }
    return ASKED::get;
  }

  /** Waits, for servers, until the user asks to stop. */
  static void waitUntil(BooleanSupplier stop) throws InterruptedException {
    while (!stop.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Says that the command has ended and written everything. */
  static void finished() {
    FINISHED.countDown();
  }

  private static void askAndWait() {
    if (FINISHED.getCount() == 0) {
      return;
    }
    ASKED.set(true);
    System.err.println();
    System.err.println("redoubt: stopping; keeping what was found ...");
    try {
      if (!FINISHED.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "redoubt: the call in flight did not end within "
                + GRACE_SECONDS
                + " s; what was taped before it is kept");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
