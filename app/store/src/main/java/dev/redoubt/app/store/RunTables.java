package dev.redoubt.app.store;

import dev.redoubt.core.Assessment;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Finding;
import dev.redoubt.core.GuardEvent;
import dev.redoubt.runtime.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the tables of a run. */
final class RunTables {
  private static final int MOST_AMBIGUOUS = 5;
  private static final String COLUMNS =
      "id, kind, system_name, tool_version, seed, started_millis, duration_millis, finding_count,"
          + " attempt_count";

  void replace(Sql sql, StoredRun run) throws SQLException {
    for (String table : List.of("stored_guard_event", "stored_attempt", "stored_finding")) {
      sql.update("DELETE FROM " + table + " WHERE run_id = ?", run.id());
    }
    sql.update("DELETE FROM stored_run WHERE id = ?", run.id());
    insertRun(sql, run);
    insertFindings(sql, run);
    insertAttempts(sql, run);
    insertGuardEvents(sql, run);
  }

  private void insertRun(Sql sql, StoredRun run) throws SQLException {
    Assessment assessment = run.assessment();
    Assessment.Run about = assessment.run();
    // Findings have rows of their own; credentials have no place in a store.
    var kept =
        new Assessment(
            assessment.system().withoutSecrets(),
            about,
            List.of(),
            assessment.facts(),
            assessment.coverage());
    sql.update(
        "INSERT INTO stored_run ("
            + COLUMNS
            + ", assessment, settings) VALUES (?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?)",
        run.id(),
        text(run.kind()),
        text(assessment.system().name()),
        text(about.toolVersion()),
        about.seed(),
        about.started().toEpochMilli(),
        about.duration().toMillis(),
        assessment.findings().size(),
        run.attempts().size(),
        Documents.write(kept),
        text(run.settingsJson()));
  }

  private void insertFindings(Sql sql, StoredRun run) throws SQLException {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Finding finding : run.assessment().findings()) {
      rows.add(
          new @Nullable Object[] {
            run.id(),
            rows.size(),
            text(finding.ruleId()),
            finding.severity().word(),
            text(finding.component()),
            text(finding.fingerprint()),
            Documents.write(finding)
          });
    }
    sql.batch(
        "INSERT INTO stored_finding (run_id, place, rule_id, severity, component, fingerprint,"
            + " document) VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows);
  }

  private void insertAttempts(Sql sql, StoredRun run) throws SQLException {
    var rows = new ArrayList<@Nullable Object[]>();
    for (Attempt attempt : run.attempts()) {
      rows.add(
          new @Nullable Object[] {
            run.id(),
            rows.size(),
            text(attempt.id()),
            text(attempt.pass()),
            text(attempt.objective()),
            text(attempt.technique()),
            attempt.outcome().word(),
            Documents.write(attempt)
          });
    }
    sql.batch(
        "INSERT INTO stored_attempt (run_id, place, attempt_id, pass, objective, technique,"
            + " outcome, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
  }

  private void insertGuardEvents(Sql sql, StoredRun run) throws SQLException {
    var rows = new ArrayList<@Nullable Object[]>();
    for (GuardEvent event : run.guardEvents()) {
      String rule = event.rule();
      rows.add(
          new @Nullable Object[] {
            run.id(),
            rows.size(),
            text(event.action()),
            rule == null ? null : text(rule),
            Documents.write(event)
          });
    }
    sql.batch(
        "INSERT INTO stored_guard_event (run_id, place, decided, rule_id, document) VALUES (?, ?,"
            + " ?, ?, ?)",
        rows);
  }

  Optional<StoredRun> load(Sql sql, String id) throws SQLException {
    record Head(String kind, String assessment, String settings) {}
    Optional<Head> head =
        sql.first(
            "SELECT kind, assessment, settings FROM stored_run WHERE id = ?",
            row -> new Head(row.getString(1), row.getString(2), row.getString(3)),
            id);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    Assessment kept = Documents.read(head.get().assessment(), Assessment.class);
    var assessment =
        new Assessment(
            kept.system(),
            kept.run(),
            rows(sql, "stored_finding", id, Finding.class),
            kept.facts(),
            kept.coverage());
    return Optional.of(
        new StoredRun(
            id,
            head.get().kind(),
            assessment,
            rows(sql, "stored_attempt", id, Attempt.class),
            rows(sql, "stored_guard_event", id, GuardEvent.class),
            head.get().settings()));
  }

  private <T> List<T> rows(Sql sql, String table, String id, Class<T> type) throws SQLException {
    return sql.query(
        "SELECT document FROM " + table + " WHERE run_id = ? ORDER BY place",
        row -> Documents.read(row.getString(1), type),
        id);
  }

  /** Ids that begin with a text, newest first, a few at most. */
  List<String> startingWith(Sql sql, String beginning) throws SQLException {
    return sql.query(
        "SELECT id FROM stored_run WHERE SUBSTRING(id, 1, ?) = ? ORDER BY started_millis DESC, id"
            + " FETCH FIRST "
            + MOST_AMBIGUOUS
            + " ROWS ONLY",
        row -> row.getString(1),
        beginning.length(),
        beginning);
  }

  List<RunSummary> list(Sql sql) throws SQLException {
    return sql.query(
        "SELECT " + COLUMNS + " FROM stored_run ORDER BY started_millis DESC, id DESC",
        RunTables::summary);
  }

  private static RunSummary summary(ResultSet row) throws SQLException {
    return new RunSummary(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        Instant.ofEpochMilli(row.getLong(6)),
        Duration.ofMillis(row.getLong(7)),
        row.getInt(8),
        row.getInt(9));
  }

  /** PostgreSQL refuses the character 0 in text, and a target may well send it. */
  private static String text(String value) {
    return value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD');
  }
}
