package dev.redoubt.runtime.db.internal;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Flyway from writing to the terminal: what goes wrong there comes back as an exception, and
 * the rest is of no use to who runs an attack. Flyway makes it by its name, so it is public.
 */
public final class QuietLogs implements LogCreator {
  @Override
  public Log createLogger(Class<?> type) {
    return Quiet.INSTANCE;
  }

  private enum Quiet implements Log {
    INSTANCE;

    @Override
    public void debug(@Nullable String message) {}

    @Override
    public void info(@Nullable String message) {}

    @Override
    public void warn(@Nullable String message) {}

    @Override
    public void error(@Nullable String message) {}

    @Override
    public void error(@Nullable String message, @Nullable Exception e) {}

    @Override
    public void notice(@Nullable String message) {}
  }
}
