package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactInspectorTest {
  @TempDir Path folder;

  private List<FileResult> inspect(Path path) throws InterruptedException {
    var results = new ArrayList<FileResult>();
    ArtifactInspector.standard().inspect(List.of(path), results::add);
    return results;
  }

  @Test
  void givesOneResultForEachRegularFileBelowAFolder() throws Exception {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/readme.txt"), "hello");
    Files.writeString(folder.resolve("a/empty.pkl"), "");
    assertThat(inspect(folder))
        .extracting(r -> folder.relativize(Path.of(r.path())) + " " + r.verdict())
        .containsExactly("a/empty.pkl INERT", "a/b/readme.txt INERT");
  }

  @Test
  void saysThatAnEmptyFileIsEmpty() throws Exception {
    Path file = Files.createFile(folder.resolve("m.pkl"));
    assertThat(inspect(file).getFirst().notes()).containsExactly("is empty");
  }

  @Test
  void takesLinksThatLeaveTheFolderForIncomplete() throws Exception {
    Path out = Files.createTempDirectory("elsewhere");
    Path inside = Files.createDirectory(folder.resolve("in"));
    Files.writeString(out.resolve("x.txt"), "x");
    Files.writeString(inside.resolve("y.txt"), "y");
    Files.createSymbolicLink(inside.resolve("leaves"), out.resolve("x.txt"));
    Files.createSymbolicLink(inside.resolve("nowhere"), Path.of("gone"));
    Files.createSymbolicLink(inside.resolve("self"), Path.of("self"));
    Files.createSymbolicLink(inside.resolve("stays"), Path.of("y.txt"));
    assertThat(inspect(inside))
        .extracting(r -> Path.of(r.path()).getFileName() + " " + r.verdict())
        .containsExactlyInAnyOrder(
            "leaves INCOMPLETE", "nowhere INCOMPLETE", "self INCOMPLETE", "y.txt INERT");
  }

  @Test
  void goesOnAfterAPathThatIsNotThere() throws Exception {
    Path there = Files.writeString(folder.resolve("t.txt"), "t");
    var results = new ArrayList<FileResult>();
    Totals totals =
        ArtifactInspector.standard().inspect(List.of(folder.resolve("gone"), there), results::add);
    assertThat(results)
        .extracting(FileResult::verdict)
        .containsExactly(Verdict.INCOMPLETE, Verdict.INERT);
    assertThat(totals.incomplete()).isEqualTo(1);
  }

  @Test
  void calculatesTheDigestOfEachFile() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("a.txt"), "abc");
    assertThat(inspect(file).getFirst().sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
