package dev.redoubt.app.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows how far a step is and how long it will still take: one line that is overwritten on a
 * terminal, a line every ten seconds elsewhere. Thread-safe.
 */
final class Progress implements AutoCloseable {
  private static final long TERMINAL_EVERY = Duration.ofMillis(200).toNanos();
  private static final long FILE_EVERY = Duration.ofSeconds(10).toNanos();
  private static final int WIDTH = 100;

  private final PrintWriter out;
  private final String what;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long started;
  private long last;
  private boolean drawn;

  /**
   * @param out where to print, normally standard error
   * @param what what is being done
   */
  Progress(PrintWriter out, String what) {
    this(out, what, onTerminal(), System::nanoTime);
  }

  Progress(PrintWriter out, String what, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.what = what;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.last = started;
  }

  /** Whether a person looks on; since JDK 25 there is again no console where there is none. */
  @SuppressWarnings("SystemConsoleNull") // The check speaks of JDK 22 to 24.
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * Reports a step.
   *
   * @param done steps done
   * @param total steps planned, 0 when nobody knows
   * @param note a few words, may be empty
   */
  synchronized void step(long done, long total, String note) {
    long now = nanoTime.getAsLong();
    if (now - last < (terminal ? TERMINAL_EVERY : FILE_EVERY) && (done < total || total == 0)) {
      return;
    }
    last = now;
    String left = "";
    if (done > 0 && done < total) {
      left =
          ", about "
              + Words.of(Duration.ofNanos((now - started) / done * (total - done)))
              + " left";
    }
    String line =
        "  "
            + what
            + " "
            + done
            + (total == 0 ? "" : "/" + total)
            + left
            + (note.isEmpty() ? "" : ", " + note);
    if (terminal) {
      out.print("\r" + fit(line));
      drawn = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Prints a line that stays, such as a first leak. */
  synchronized void say(String line) {
    if (drawn) {
      out.print("\r" + fit("") + "\r");
    }
    out.println(line);
    out.flush();
  }

  /** Ends the overwritten line. */
  @Override
  public synchronized void close() {
    if (drawn) {
      out.print("\r" + fit("") + "\r");
      out.flush();
      drawn = false;
    }
  }

  private static String fit(String line) {
    return line.length() >= WIDTH
        ? line.substring(0, WIDTH)
        : line + " ".repeat(WIDTH - line.length());
  }
}
