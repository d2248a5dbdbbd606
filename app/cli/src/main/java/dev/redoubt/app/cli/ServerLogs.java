package dev.redoubt.app.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the libraries below from talking on the user's terminal; warnings still get through. */
final class ServerLogs {
  // Held strongly: the log manager itself only keeps loggers weakly, and would forget the level.
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private ServerLogs() {}

  static void quiet() {
    HELIDON.setLevel(Level.WARNING);
  }
}
