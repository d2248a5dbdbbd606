package dev.redoubt.app.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** Says how many files were read, from the third second on. */
final class InspectProgress implements AutoCloseable {
  private static final long QUIET = Duration.ofSeconds(2).toNanos();

  private final Progress progress;
  private final long started = System.nanoTime();

  InspectProgress(PrintWriter err) {
    this.progress = new Progress(err, "files read:");
  }

  void step(long done) {
    if (System.nanoTime() - started > QUIET) {
      progress.step(done, 0, "");
    }
  }

  /** Clears the line before something else is printed. */
  void end() {
    progress.close();
  }

  @Override
  public void close() {
    end();
  }
}
