package dev.redoubt.runtime.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  static final Migrations NOTES =
      new Migrations(
          "dev/redoubt/runtime/db/migrations",
          2,
          "note_history",
          DatabaseTest.class.getClassLoader());

  @TempDir Path folder;

  private DatabaseConfig config() {
    return DatabaseConfig.file(folder.resolve("new").resolve("notes"));
  }

  @Test
  void keepsWhatWasStored() {
    DatabaseContract.keepsWhatWasStored(config());
  }

  @Test
  void storesAllOrNothing() {
    DatabaseContract.storesAllOrNothing(config());
  }

  @Test
  void writesBatches() {
    DatabaseContract.writesBatches(config());
  }

  @Test
  void opensAgainWithoutMigrating() throws IOException {
    Database.open(config(), NOTES);
    // A folder that does not exist would stop Flyway: it is not started.
    var elsewhere = new Migrations("no/such/folder", 2, "note_history", NOTES.loader());
    assertThat(Database.open(config(), elsewhere).config()).isEqualTo(config());
    try (var files = Files.list(folder.resolve("new"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("notes.mv.db", "notes.lock");
    }
  }

  @Test
  void migratesAnOlderDatabase() {
    var before = new Migrations(NOTES.location(), 1, NOTES.history(), NOTES.loader());
    Database.open(config(), before);
    Database.open(config(), NOTES)
        .transaction(sql -> sql.update("INSERT INTO note (id, amount, rating) VALUES ('a', 1, 5)"));
  }

  @Test
  void threadsTakeTurns() throws Exception {
    Database database = Database.open(config(), NOTES);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> done = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int id = i;
        done.add(executor.submit(() -> DatabaseContract.add(database, "t" + id)));
      }
      for (Future<Integer> future : done) {
        assertThat(future.get()).isEqualTo(1);
      }
    }
    assertThat(DatabaseContract.count(database)).isEqualTo(8);
  }

  @Test
  void processesTakeTurns() throws Exception {
    var processes = new ArrayList<Process>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherProcess.class.getName(),
                  folder.resolve("new").resolve("notes").toString(),
                  "p" + i)
              .redirectErrorStream(true)
              .redirectOutput(new File(folder.toFile(), "out" + i))
              .start());
    }
    for (int i = 0; i < 3; i++) {
      assertThat(processes.get(i).waitFor())
          .as(Files.readString(folder.resolve("out" + i)))
          .isZero();
      assertThat(folder.resolve("out" + i)).as("nothing goes to the terminal").isEmptyFile();
    }
    Database database = Database.open(config(), NOTES);
    assertThat(DatabaseContract.count(database)).isEqualTo(3 * OtherProcess.NOTES_EACH);
  }

  /** Another process that stores notes one by one. */
  static final class OtherProcess {
    static final int NOTES_EACH = 20;

    public static void main(String[] arguments) {
      Database database = Database.open(DatabaseConfig.file(Path.of(arguments[0])), NOTES);
      for (int i = 0; i < NOTES_EACH; i++) {
        DatabaseContract.add(database, arguments[1] + "-" + i);
      }
    }
  }

  /** The limit of a process on the size of a file stands for the end of a disk. */
  @Test
  void neverSaysStoredWhenTheDiskIsFull() throws Exception {
    Path shell = Path.of("/bin/sh");
    assumeTrue(Files.isExecutable(shell), "skipped: no shell that can limit a process");
    Path out = folder.resolve("out");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                shell.toString(),
                "-c",
                "ulimit -f 1024; exec \"$@\"",
                "sh",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                FillingProcess.class.getName(),
                folder.resolve("full").toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).contains("the disk is full; free some space");
    Database database = Database.open(DatabaseConfig.file(folder.resolve("full")), NOTES);
    assertThat(DatabaseContract.count(database)).isEqualTo(Integer.parseInt(lines.getFirst()));
  }

  /** Another process that stores until it may not, and prints how much was stored and why not. */
  static final class FillingProcess {
    public static void main(String[] arguments) {
      Database database = Database.open(DatabaseConfig.file(Path.of(arguments[0])), NOTES);
      int stored = 0;
      String why = "never full";
      while (stored < 200 && why.equals("never full")) {
        int id = stored;
        List<Object[]> rows =
            java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> new Object[] {id + "-" + i, (id + "word" + i).repeat(100), 1L})
                .toList();
        try {
          database.transaction(sql -> {
            sql.batch("INSERT INTO note (id, words, amount) VALUES (?, ?, ?)", rows);
            return rows.size();
          });
          stored++;
        } catch (TargetUnreachableException e) {
          why = e.getMessage();
        }
      }
      System.out.println(stored * 100);
      System.out.println(why);
    }
  }

  @Test
  void saysSoWhenAnotherRunHoldsTheDatabase() throws IOException {
    Database.open(config(), NOTES);
    Path lock = folder.resolve("new").resolve("notes.lock");
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      DatabaseConfig impatient = config().withPatience(Duration.ofMillis(50));
      assertThatThrownBy(() -> Database.open(impatient, NOTES))
          .isInstanceOf(TargetUnreachableException.class)
          .hasMessageContaining("another run has used the database")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void saysSoWhenTheFileIsNoDatabase() throws IOException {
    Files.createDirectories(folder.resolve("new"));
    Files.writeString(folder.resolve("new").resolve("notes.mv.db"), "x".repeat(5000));
    assertThatThrownBy(() -> Database.open(config(), NOTES))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("move it away")
        .hasMessageNotContaining("\n");
  }

  @Test
  void saysSoWhenTheFolderCanNotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> Database.open(DatabaseConfig.file(file.resolve("db")), NOTES))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("can't be written");
  }

  @Test
  void refusesUrlsOfOthersAndShowsNoPassword() {
    assertThatThrownBy(
            () -> DatabaseConfig.url("jdbc:mysql://u:hunter22@h/d?password=hunter22", null, null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("jdbc:mysql://h/d")
        .hasMessageNotContaining("hunter22");
    assertThat(DatabaseConfig.url("jdbc:postgresql://h/d?password=hunter22", "u", "hunter22"))
        .asString()
        .doesNotContain("hunter22");
    assertThatThrownBy(() ->
            Database.open(DatabaseConfig.file(folder.resolve("a;INIT=x").resolve("b")), NOTES))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void saysSoWhenNoServerListens() throws IOException {
    int free = PostgresServer.freePort();
    var config = DatabaseConfig.url("jdbc:postgresql://127.0.0.1:" + free + "/x", "u", "p");
    assertThatThrownBy(() -> Database.open(config, NOTES))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("can't be reached");
  }

  @Test
  void tellsAFullDiskFromOtherFailures() {
    var full = new SQLException("IO", "90028", 90028, new IOException("No space left on device"));
    assertThat(Failures.of(config(), full)).hasMessageContaining("the disk is full");
    assertThat(Failures.of("f", new IOException("No space left on device")))
        .hasMessageContaining("the disk is full");
    assertThat(Failures.of(config(), new SQLException("odd\nsecret statement")))
        .hasMessageEndingWith("the database failed: odd");
  }
}
