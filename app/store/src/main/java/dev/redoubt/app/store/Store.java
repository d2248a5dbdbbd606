package dev.redoubt.app.store;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.Database;
import dev.redoubt.runtime.db.DatabaseConfig;
import dev.redoubt.runtime.db.Migrations;
import dev.redoubt.runtime.db.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The runs of a folder. Thread-safe, and several processes may use one folder: each piece of work
 * is a transaction of its own, and nothing is held in between.
 *
 * <p>Every method may throw {@link TargetUnreachableException} in one line: the database is in use
 * for too long, can't be reached, or the disk is full.
 *
 * @since 0.1.0
 */
public final class Store implements AutoCloseable {
  /** Word that stands for the newest run where an id is asked for. */
  public static final String LAST = "last";

  private static final String FILE = "store";
  static final Migrations MIGRATIONS =
      new Migrations(
          "dev/redoubt/app/store/migrations", 1, "redoubt_history", Store.class.getClassLoader());

  private final Database database;
  private final RunTables tables = new RunTables();

  private Store(Database database) {
    this.database = database;
  }

  /** Opens the embedded store of a folder, such as {@code .redoubt}; both are made when absent. */
  public static Store open(Path folder) {
    return open(DatabaseConfig.file(folder.resolve(FILE)));
  }

  /**
   * Opens a store.
   *
   * @throws UsageException when the URL, the user or the name of the database is wrong
   */
  public static Store open(DatabaseConfig config) {
    return new Store(Database.open(config, MIGRATIONS));
  }

  /** Stores a run, in place of the one of the same id; all of it or nothing. */
  public void save(StoredRun run) {
    database.transaction(sql -> {
      tables.replace(sql, run);
      return run;
    });
  }

  /** Gives the run of an id. */
  public Optional<StoredRun> load(String id) {
    return database.transaction(sql -> tables.load(sql, id));
  }

  /** Gives the run that started last. */
  public Optional<StoredRun> latest() {
    return database.transaction(sql -> {
      Optional<String> id = newest(sql, "");
      return id.isEmpty() ? Optional.<StoredRun>empty() : tables.load(sql, id.get());
    });
  }

  /** Gives the run of a kind that started last. */
  public Optional<StoredRun> latest(String kind) {
    return database.transaction(sql -> {
      Optional<String> id = newest(sql, kind);
      return id.isEmpty() ? Optional.<StoredRun>empty() : tables.load(sql, id.get());
    });
  }

  /**
   * Finds a run by what a user types: its id, the beginning of one, or {@code last}.
   *
   * @throws UsageException when several runs begin like that
   */
  public Optional<StoredRun> find(String typed) {
    if (typed.equals(LAST)) {
      return latest();
    }
    return database.transaction(sql -> {
      Optional<StoredRun> exact = tables.load(sql, typed);
      if (exact.isPresent() || typed.isBlank()) {
        return exact;
      }
      List<String> ids = tables.startingWith(sql, typed);
      if (ids.size() > 1) {
        throw new UsageException(
            "several runs begin with '"
                + typed
                + "': "
                + String.join(", ", ids)
                + "; give more of the id");
      }
      return ids.isEmpty() ? exact : tables.load(sql, ids.getFirst());
    });
  }

  /** Lists the runs, newest first. */
  public List<RunSummary> list() {
    return database.transaction(tables::list);
  }

  private Optional<String> newest(Sql sql, String kind) throws SQLException {
    return tables.list(sql).stream()
        .filter(r -> kind.isEmpty() || r.kind().equals(kind))
        .map(RunSummary::id)
        .findFirst();
  }

  /** Nothing is held between two pieces of work; there for {@code try} and for what may come. */
  @Override
  public void close() {}
}
