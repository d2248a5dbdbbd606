package dev.redoubt.runtime.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void replacesAFileAndLeavesNothingElseBehind() throws IOException {
    Path file = folder.resolve("a").resolve("b.json");
    AtomicFiles.write(file, "one");
    AtomicFiles.write(file, "zwö");
    assertThat(file).hasContent("zwö");
    try (var files = Files.list(folder.resolve("a"))) {
      assertThat(files).containsExactly(file);
    }
  }

  /** A pipe stands for /dev/stdout, /dev/null and the like. */
  @Test
  void writesIntoAPipeAndLeavesItAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var reader = executor.submit(() -> Files.readString(pipe));
      AtomicFiles.write(pipe, "through");
      assertThat(reader.get()).isEqualTo("through");
    }
    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
  }

  @Test
  void writesThroughALink() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old and longer");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFiles.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void keepsTheOldFileWhenTheNewOneCanNotBeWritten() throws IOException {
    Path blocked = Files.createDirectory(folder.resolve("name"));
    Files.writeString(blocked.resolve("inside"), "x");
    assertThatThrownBy(() -> AtomicFiles.write(blocked, "y"))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("can't be written")
        .hasMessageNotContaining("\n");
    assertThat(blocked.resolve("inside")).hasContent("x");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(blocked);
    }
  }
}
