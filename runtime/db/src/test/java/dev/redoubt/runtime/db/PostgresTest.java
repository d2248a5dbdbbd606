package dev.redoubt.runtime.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.core.UsageException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same contract on a real server, where one is installed. */
class PostgresTest {
  private static @Nullable PostgresServer server;

  @BeforeAll
  static void startServer() throws Exception {
    Path bin = PostgresServer.installed();
    assumeTrue(
        bin != null, "skipped: PostgreSQL is not installed (Debian: apt-get install postgresql)");
    if (bin != null) {
      server = PostgresServer.start(bin);
    }
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static DatabaseConfig config(String database, String password) {
    if (server == null) {
      throw new IllegalStateException("no server");
    }
    return DatabaseConfig.url(server.url(database), "redoubt", password);
  }

  @Test
  void keepsTheContract() {
    DatabaseConfig config = config("postgres", "redoubt-test");
    DatabaseContract.keepsWhatWasStored(config);
    DatabaseContract.storesAllOrNothing(config);
    DatabaseContract.writesBatches(config);
  }

  @Test
  void saysWhatIsWrongWithTheUrl() {
    assertThatThrownBy(() -> Database.open(config("postgres", "wrong"), DatabaseTest.NOTES))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("refuses the user or the password")
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(() -> Database.open(config("none", "redoubt-test"), DatabaseTest.NOTES))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no such database");
    assertThat(server).isNotNull();
  }
}
