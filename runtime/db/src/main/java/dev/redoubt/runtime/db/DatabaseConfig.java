package dev.redoubt.runtime.db;

import dev.redoubt.core.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is.
 *
 * @param file file of the embedded database, without its ending; absent for a server
 * @param url JDBC URL of a server; absent for the embedded database
 * @param user user of the server; absent when the URL says it
 * @param password password of the server; absent when the URL says it
 * @param patience how long to wait for another process that is using the embedded database
 * @since 0.1.0
 */
public record DatabaseConfig(
    @Nullable Path file,
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    Duration patience) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String POSTGRES = "jdbc:postgresql:";

  public DatabaseConfig {
    if ((file == null) == (url == null)) {
      throw new IllegalArgumentException("a database is a file or a URL, one of the two");
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience is negative: " + patience);
    }
  }

  /** An embedded database in a file; the file is made when it is absent. */
  public static DatabaseConfig file(Path file) {
    return new DatabaseConfig(file, null, null, null, PATIENCE);
  }

  /**
   * A server by its JDBC URL.
   *
   * @throws UsageException when the URL is none of a database that is supported
   */
  public static DatabaseConfig url(String url, @Nullable String user, @Nullable String password) {
    if (!url.startsWith(POSTGRES)) {
      throw new UsageException(
          "database URL '"
              + withoutSecrets(url)
              + "' is not supported; use jdbc:postgresql://host:port/database");
    }
    return new DatabaseConfig(null, url, user, password, PATIENCE);
  }

  /** The same with another patience. */
  public DatabaseConfig withPatience(Duration other) {
    return new DatabaseConfig(file, url, user, password, other);
  }

  /** Names the database for messages, without credentials. */
  public String name() {
    return file != null ? file.toString() : withoutSecrets(url == null ? "" : url);
  }

  /** Cuts parameters and user information off: passwords stand in both. */
  private static String withoutSecrets(String url) {
    int query = url.indexOf('?');
    String plain = query < 0 ? url : url.substring(0, query);
    int semicolon = plain.indexOf(';');
    plain = semicolon < 0 ? plain : plain.substring(0, semicolon);
    int slashes = plain.indexOf("//");
    int at = plain.lastIndexOf('@');
    return slashes >= 0 && at > slashes
        ? plain.substring(0, slashes + 2) + plain.substring(at + 1)
        : plain;
  }

  @Override
  public String toString() {
    return "DatabaseConfig[" + name() + "]";
  }
}
