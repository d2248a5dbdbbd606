package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.redoubt.core.GroundTruth;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFolderTest {
  private static final String MARKER = "value-of-the-attempt";
  @TempDir Path base;

  private WatchedFolder watched() throws Exception {
    Files.createDirectories(base.resolve("all/uploads"));
    return WatchedFolder.of(base, new GroundTruth.Files("all/uploads", "all"));
  }

  @Test
  void seesAFileThatAppearsOutsideByItsNameOrItsWords() throws Exception {
    WatchedFolder watched = watched();
    WatchedFolder.Snapshot before = watched.look(MARKER);
    Files.writeString(base.resolve("all/" + MARKER + ".txt"), "");
    Files.writeString(base.resolve("all/other.txt"), "it says " + MARKER);
    Files.writeString(base.resolve("all/foreign.txt"), "it says nothing");
    Files.writeString(base.resolve("all/uploads/in.txt"), MARKER);
    assertThat(watched.since(before)).containsExactly("other.txt", MARKER + ".txt");
  }

  @Test
  void saysThatItCannotSeeDeepFolders() throws Exception {
    WatchedFolder watched = watched();
    Files.createDirectories(base.resolve("all/" + "d/".repeat(14)));
    assertThatExceptionOfType(AnswerPage.Unseen.class)
        .isThrownBy(() -> watched.look(MARKER))
        .withMessageContaining("below one another: name a smaller outside");
  }
}
