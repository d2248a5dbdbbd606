package dev.redoubt.runtime.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.TargetUnreachableException;
import java.util.List;
import java.util.stream.IntStream;

/** What holds on every database. */
final class DatabaseContract {
  private DatabaseContract() {}

  static int add(Database database, String id) {
    return database.transaction(
        sql -> sql.update("INSERT INTO note (id, words, amount) VALUES (?, ?, ?)", id, null, 1L));
  }

  static int count(Database database) {
    return database.transaction(
        sql -> sql.first("SELECT COUNT(*) FROM note", row -> row.getInt(1)).orElseThrow());
  }

  static void keepsWhatWasStored(DatabaseConfig config) {
    String words = "ü ' \" ; -- \\ " + "long ".repeat(100_000);
    Database.open(config, DatabaseTest.NOTES)
        .transaction(sql ->
            sql.update(
                "INSERT INTO note (id, words, amount) VALUES (?, ?, ?)",
                "a'b",
                words,
                Long.MAX_VALUE));
    Database again = Database.open(config, DatabaseTest.NOTES);
    List<String> read =
        again.transaction(sql ->
            sql.query(
                "SELECT words, amount FROM note WHERE id = ?",
                row -> row.getString(1) + row.getLong(2),
                "a'b"));
    assertThat(read).containsExactly(words + Long.MAX_VALUE);
  }

  static void storesAllOrNothing(DatabaseConfig config) {
    Database database = Database.open(config, DatabaseTest.NOTES);
    int before = count(database);
    assertThatThrownBy(() ->
            database.transaction(sql -> {
              sql.update("INSERT INTO note (id, amount) VALUES ('x', 1)");
              return sql.update("INSERT INTO note (id, amount) VALUES ('x', 2)");
            }))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() ->
            database.transaction(sql -> {
              sql.update("INSERT INTO note (id, amount) VALUES ('y', 1)");
              throw new IllegalStateException("stop");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(count(database)).isEqualTo(before);
  }

  static void writesBatches(DatabaseConfig config) {
    Database database = Database.open(config, DatabaseTest.NOTES);
    int before = count(database);
    List<Object[]> rows =
        IntStream.range(0, 1203).mapToObj(i -> new Object[] {"b" + i, "w", (long) i}).toList();
    database.transaction(sql -> {
      sql.batch("INSERT INTO note (id, words, amount) VALUES (?, ?, ?)", rows);
      return rows.size();
    });
    assertThat(count(database)).isEqualTo(before + 1203);
  }
}
