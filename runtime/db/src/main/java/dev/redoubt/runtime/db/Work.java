package dev.redoubt.runtime.db;

import java.sql.SQLException;

/**
 * Something to do in one transaction.
 *
 * @param <T> what comes of it
 * @since 0.1.0
 */
@FunctionalInterface
public interface Work<T> {
  /** Does it; what it throws undoes all of it. */
  T run(Sql sql) throws SQLException;
}
