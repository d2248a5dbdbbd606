package dev.redoubt.runtime.db;

/**
 * The migrations of one schema: Flyway files {@code V<n>__<what>.sql} in a folder of the class
 * path, in the SQL that H2 and PostgreSQL share.
 *
 * @param location folder on the class path, such as {@code dev/redoubt/app/store/migrations}
 * @param latest number of the newest file; a database that has it is opened without starting Flyway
 * @param history name of the table that keeps which migrations ran
 * @param loader class loader that sees the folder
 * @since 0.1.0
 */
public record Migrations(String location, int latest, String history, ClassLoader loader) {
  public Migrations {
    if (latest < 1) {
      throw new IllegalArgumentException("migrations are counted from 1, not " + latest);
    }
    // The name goes into a query as it is.
    if (!history.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z'))) {
      throw new IllegalArgumentException("'" + history + "' is no lower-case table name");
    }
  }
}
