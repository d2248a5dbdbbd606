package dev.redoubt.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.Component;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.Database;
import dev.redoubt.runtime.db.DatabaseConfig;
import dev.redoubt.runtime.db.Migrations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path folder;

  @Test
  void givesBackWhatWasSavedWithoutCredentials() throws IOException {
    StoredRun run = SampleRun.of("run-1", SampleRun.START, 700);
    try (Store store = Store.open(folder.resolve(".redoubt"))) {
      store.save(run);
    }
    try (Store store = Store.open(folder.resolve(".redoubt"))) {
      StoredRun read = store.load("run-1").orElseThrow();
      assertThat(read.attempts()).isEqualTo(run.attempts());
      assertThat(read.guardEvents()).isEqualTo(run.guardEvents());
      assertThat(read.settingsJson()).isEqualTo(run.settingsJson());
      assertThat(read.kind()).isEqualTo("attack");
      assertThat(read.assessment().run()).isEqualTo(run.assessment().run());
      assertThat(read.assessment().findings()).isEqualTo(run.assessment().findings());
      assertThat(read.assessment().facts()).isEqualTo(run.assessment().facts());
      assertThat(read.assessment().coverage()).isEqualTo(run.assessment().coverage());
      assertThat(read.assessment().system()).isEqualTo(run.assessment().system().withoutSecrets());
    }
    byte[] file = Files.readAllBytes(folder.resolve(".redoubt").resolve("store.mv.db"));
    assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("hunter22");
  }

  @Test
  void theSampleUsesEveryKindOfComponentAndEvidence() {
    StoredRun run = SampleRun.of("run-1", SampleRun.START, 0);
    assertThat(run.assessment().system().components().stream().map(Object::getClass).distinct())
        .hasSize(Component.class.getPermittedSubclasses().length);
    assertThat(SampleRun.everyEvidence()).hasSize(Evidence.class.getPermittedSubclasses().length);
  }

  @Test
  void replacesARunOfTheSameId() {
    try (Store store = Store.open(folder)) {
      store.save(SampleRun.of("run-1", SampleRun.START, 9));
      store.save(SampleRun.of("run-1", SampleRun.START, 2));
      assertThat(store.load("run-1").orElseThrow().attempts()).hasSize(2);
      assertThat(store.list()).hasSize(1);
    }
  }

  @Test
  void findsRunsByIdByBeginningAndByWord() {
    try (Store store = Store.open(folder)) {
      assertThat(store.latest()).isEmpty();
      assertThat(store.find("last")).isEmpty();
      store.save(SampleRun.of("abc-2", Instant.parse("2026-01-03T00:00:00Z"), 1));
      store.save(SampleRun.of("abc-1", Instant.parse("2026-01-02T00:00:00Z"), 1));
      store.save(SampleRun.of("abc", Instant.parse("2026-01-01T00:00:00Z"), 1));
      assertThat(store.latest()).hasValueSatisfying(r -> assertThat(r.id()).isEqualTo("abc-2"));
      assertThat(store.latest("attack")).isPresent();
      assertThat(store.latest("demo")).isEmpty();
      assertThat(store.find("last")).hasValueSatisfying(r -> assertThat(r.id()).isEqualTo("abc-2"));
      assertThat(store.find("abc")).hasValueSatisfying(r -> assertThat(r.id()).isEqualTo("abc"));
      assertThat(store.find("abc-1")).isPresent();
      assertThat(store.find("nope")).isEmpty();
      assertThat(store.find("%")).isEmpty();
      assertThat(store.find("")).isEmpty();
      assertThatThrownBy(() -> store.find("ab"))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("abc-2, abc-1, abc");
      assertThat(store.list()).extracting(RunSummary::id).containsExactly("abc-2", "abc-1", "abc");
      assertThat(store.list().getFirst().findings()).isEqualTo(1);
    }
  }

  @Test
  void twoStoresOnOneFolderSeeEachOther() {
    try (Store one = Store.open(folder);
        Store two = Store.open(folder)) {
      one.save(SampleRun.of("a", SampleRun.START, 1));
      two.save(SampleRun.of("b", SampleRun.START, 1));
      assertThat(one.load("b")).isPresent();
      assertThat(two.load("a")).isPresent();
    }
  }

  @Test
  void namesItsNewestMigration() throws Exception {
    Migrations migrations = Store.MIGRATIONS;
    var where = Path.of(migrations.loader().getResource(migrations.location()).toURI());
    try (var files = Files.list(where)) {
      List<String> names = files.map(f -> f.getFileName().toString()).toList();
      assertThat(names).hasSize(migrations.latest());
      assertThat(names).anyMatch(n -> n.startsWith("V" + migrations.latest() + "__"));
    }
  }

  @Test
  void saysSoWhenARecordOfAnotherVersionCanNotBeRead() {
    try (Store store = Store.open(folder)) {
      store.save(SampleRun.of("a", SampleRun.START, 1));
      Database.open(DatabaseConfig.file(folder.resolve("store")), Store.MIGRATIONS)
          .transaction(sql -> sql.update("UPDATE stored_finding SET document = '{\"x\": [1'"));
      assertThatThrownBy(() -> store.load("a"))
          .hasMessageContaining("another version of Redoubt")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void refusesIdsThatAreNone() {
    assertThatThrownBy(() -> SampleRun.of("../a", SampleRun.START, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
