package dev.redoubt.runtime.db;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.api.FlywayException;

/** Turns what a driver or a disk says into one line that a user can act on. */
final class Failures {
  /** SQLSTATE classes, as in the SQL standard and the manual of PostgreSQL, appendix A. */
  private static final String CONNECTION = "08";

  private static final String CREDENTIALS = "28";
  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String DISK_FULL = "53100";

  /** H2: the file is in use, is of another version, or is no database. */
  private static final int H2_IN_USE = 90020;

  private static final int H2_OTHER_VERSION = 90048;
  private static final int H2_CORRUPT = 90030;
  private static final int H2_INTERNAL = 50000;
  private static final int H2_READING = 90028;

  /** What Linux, macOS and Windows say; quotas and limits of a user are a full disk to them. */
  private static final List<String> FULL =
      List.of("no space left", "quota exceeded", "file too large", "not enough space on the disk");

  private Failures() {}

  static boolean isInUse(SQLException e) {
    return e.getErrorCode() == H2_IN_USE;
  }

  /** A file that H2 can't make sense of comes out under several codes, by where it stumbled. */
  private static boolean isDamaged(int code) {
    return code == H2_OTHER_VERSION
        || code == H2_CORRUPT
        || code == H2_INTERNAL
        || code == H2_READING;
  }

  static RuntimeException of(DatabaseConfig config, SQLException e) {
    String name = config.name();
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (isDiskFull(e) || state.equals(DISK_FULL)) {
      return new TargetUnreachableException(
          name + ": the disk is full; free some space, then run this again", e);
    }
    if (isInUse(e)) {
      return new TargetUnreachableException(
          name + ": another program has the database open; close it, then run this again", e);
    }
    if (isDamaged(e.getErrorCode())) {
      return new TargetUnreachableException(
          name + ": is damaged or of another version; move it away and run this again", e);
    }
    if (state.startsWith(CREDENTIALS)) {
      return new UsageException(name + ": the server refuses the user or the password", e);
    }
    if (state.equals(NO_SUCH_DATABASE)) {
      return new UsageException(
          name + ": there is no such database; create it, or mend the URL", e);
    }
    if (state.startsWith(CONNECTION)) {
      return new TargetUnreachableException(
          name + ": the server can't be reached; start it, or mend the URL", e);
    }
    return new TargetUnreachableException(name + ": the database failed: " + oneLine(e), e);
  }

  static RuntimeException of(DatabaseConfig config, FlywayException e) {
    int depth = 0;
    for (Throwable t = e.getCause(); t != null && depth < 20; t = t.getCause(), depth++) {
      if (t instanceof SQLException sql) {
        return of(config, sql);
      }
    }
    return new TargetUnreachableException(
        config.name()
            + ": its schema can't be brought up to date; it may come from a newer version:"
            + " update Redoubt, or move the database away",
        e);
  }

  static TargetUnreachableException of(String name, IOException e) {
    if (isDiskFull(e)) {
      return new TargetUnreachableException(
          name + ": the disk is full; free some space, then run this again", e);
    }
    String why =
        switch (e) {
          case AccessDeniedException denied -> "access is denied";
          case FileSystemException fs when fs.getReason() != null -> fs.getReason();
          default -> oneLine(e);
        };
    return new TargetUnreachableException(
        name + ": can't be written (" + why + "); check the folder and its permissions", e);
  }

  private static boolean isDiskFull(Throwable e) {
    int depth = 0;
    for (Throwable t = e; t != null && depth < 20; t = t.getCause(), depth++) {
      String message = t.getMessage();
      String lower = message == null ? "" : message.toLowerCase(Locale.ROOT);
      if (FULL.stream().anyMatch(lower::contains)) {
        return true;
      }
    }
    return false;
  }

  /** First line of a message: drivers add the statement, which may hold what a user said. */
  private static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    int statement = line.indexOf("; SQL statement:");
    return statement < 0 ? line : line.substring(0, statement);
  }
}
