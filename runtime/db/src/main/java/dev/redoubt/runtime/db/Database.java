package dev.redoubt.runtime.db;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.internal.QuietLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * A database whose schema is up to date. Every piece of work opens its own connection and closes
 * it: several processes share an embedded database by taking turns, and none holds it for longer
 * than a transaction. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Database {
  private final DatabaseConfig config;

  private Database(DatabaseConfig config) {
    this.config = config;
  }

  /**
   * Opens a database and brings its schema up to date.
   *
   * @throws UsageException when the URL, the user or the name of the database is wrong
   * @throws TargetUnreachableException when it can't be reached, is in use for too long, or the
   *     disk is full
   */
  public static Database open(DatabaseConfig config, Migrations migrations) {
    var database = new Database(config);
    database.onConnection(connection -> {
      if (!isCurrent(connection, migrations)) {
        migrate(config, migrations);
      }
      return true;
    });
    return database;
  }

  /**
   * Runs work in one transaction: all of it is stored, or nothing.
   *
   * @throws TargetUnreachableException as for {@link #open}
   */
  public <T> T transaction(Work<T> work) {
    return onConnection(connection -> {
      connection.setAutoCommit(false);
      try {
        T result = work.run(new Sql(connection));
        connection.commit();
        forceToDisk(connection);
        return result;
      } catch (SQLException | RuntimeException e) {
        undo(connection, e);
        throw e;
      }
    });
  }

  /** Where the database is. */
  public DatabaseConfig config() {
    return config;
  }

  /**
   * Makes sure that what was committed is on the disk. Together with {@code WRITE_DELAY=0}: else H2
   * writes in the background, tells nobody when that fails, and a full disk loses what was said to
   * be stored.
   */
  private void forceToDisk(Connection connection) throws SQLException {
    if (config.file() != null) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
    }
  }

  private static void undo(Connection connection, Exception why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The first failure is the one to tell; a closed connection undoes by itself.
      why.addSuppressed(e);
    }
  }

  private interface OnConnection<T> {
    T run(Connection connection) throws SQLException;
  }

  private <T> T onConnection(OnConnection<T> work) {
    Path file = config.file();
    try {
      if (file == null) {
        return connectAndRun(serverUrl(config), work);
      }
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileTurn turn = FileTurn.take(lockFile(file), config.patience());
      try {
        return connectAndRun(h2Url(file), work);
      } finally {
        turn.end();
      }
    } catch (SQLException e) {
      throw Failures.of(config, e);
    } catch (FlywayException e) {
      throw Failures.of(config, e);
    } catch (IOException e) {
      throw Failures.of(config.name(), e);
    }
  }

  private <T> T connectAndRun(String url, OnConnection<T> work) throws SQLException {
    var properties = new Properties();
    put(properties, "user", config.user());
    put(properties, "password", config.password());
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      return work.run(connection);
    }
  }

  private static void put(Properties properties, String key, @Nullable String value) {
    if (value != null) {
      properties.setProperty(key, value);
    }
  }

  private static String serverUrl(DatabaseConfig config) {
    String url = config.url();
    if (url == null) {
      throw new IllegalStateException("neither file nor URL");
    }
    return url;
  }

  private static Path lockFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  /**
   * Options: the lock is the operating system's (no watchdog thread, nothing left behind by a
   * killed process), and a semicolon in a path must not become an option.
   */
  private static String h2Url(Path file) {
    String path = file.toAbsolutePath().normalize().toString();
    if (path.indexOf(';') >= 0) {
      throw new UsageException(
          path + ": a database can't lie in a folder with ';' in its name; use another folder");
    }
    return "jdbc:h2:file:"
        + path
        + ";FILE_LOCK=FS;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0";
  }

  private static boolean isCurrent(Connection connection, Migrations migrations)
      throws SQLException {
    // Both databases know this view under this name; Flyway quotes names, so they are lower case.
    String exists =
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = '"
            + migrations.history()
            + "'";
    String newest =
        "SELECT COUNT(*) FROM \""
            + migrations.history()
            + "\" WHERE \"version\" = '"
            + migrations.latest()
            + "' AND \"success\" = TRUE";
    return count(connection, exists) > 0 && count(connection, newest) > 0;
  }

  private static int count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }

  private static void migrate(DatabaseConfig config, Migrations migrations) {
    Path file = config.file();
    Flyway.configure(migrations.loader())
        .dataSource(
            file == null ? serverUrl(config) : h2Url(file), config.user(), config.password())
        .locations("classpath:" + migrations.location())
        .table(migrations.history())
        .loggers(QuietLogs.class.getName())
        .load()
        .migrate();
  }
}
