package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  @TempDir Path root;

  private void run(String id, Instant taped) throws Exception {
    Path tape = Files.createDirectories(root.resolve(id)).resolve(RunFolder.TAPE);
    Files.writeString(tape, "");
    Files.setLastModifiedTime(tape, FileTime.from(taped));
  }

  @Test
  void theLastOfRunsOfOneSecondIsTheOneThatWasTapedLast() throws Exception {
    run("20261125-120000-zzzz", NOON.plusMillis(100));
    run("20261125-120000-aaaa", NOON.plusMillis(900));
    run("20261125-120000-mmmm", NOON.plusMillis(500));
    assertThat(RunFolder.open(root, "last").id()).isEqualTo("20261125-120000-aaaa");
  }

  @Test
  void aResumedRunIsNotTheLast() throws Exception {
    run("20261125-110000-aaaa", NOON.plusSeconds(60));
    run("20261125-120000-aaaa", NOON);
    assertThat(RunFolder.open(root, "last").id()).isEqualTo("20261125-120000-aaaa");
  }
}
