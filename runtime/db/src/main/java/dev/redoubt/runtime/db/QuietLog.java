package dev.redoubt.runtime.db;

import org.flywaydb.core.api.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Flyway from writing to the terminal: what goes wrong there comes back as an exception, and
 * the rest is of no use to who runs an attack.
 */
enum QuietLog implements Log {
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
