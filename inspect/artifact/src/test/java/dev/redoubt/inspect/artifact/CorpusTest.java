package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The labelled files of other scanners' tests, where the shared folder is there. */
class CorpusTest {
  /** Formats whose readers are not in this module yet may be incomplete, never inert. */
  private static final Path FOLDER =
      Path.of(System.getenv().getOrDefault("REDOUBT_SHARED", "nowhere"), "data", "models");

  @Test
  void flagsEveryMaliciousFileAndNoHarmlessOne() throws IOException, InterruptedException {
    assumeTrue(
        Files.isRegularFile(FOLDER.resolve("labels.csv")),
        "no labelled models: set REDOUBT_SHARED to the shared folder");
    Map<String, Verdict> verdicts = new HashMap<>();
    Path files = FOLDER.resolve("picklescan");
    ArtifactInspector.standard()
        .inspect(
            List.of(files),
            f -> verdicts.put(FOLDER.relativize(Path.of(f.path())).toString(), f.verdict()));
    var wrong = new ArrayList<String>();
    int checked = 0;
    for (String line : Files.readAllLines(FOLDER.resolve("labels.csv"))) {
      String[] cells = line.split(",", 3);
      Verdict verdict = verdicts.get(cells[0]);
      if (verdict == null) {
        continue;
      }
      checked++;
      boolean flagged = verdict.atLeast(Verdict.UNPROVEN);
      boolean unread = verdict == Verdict.INCOMPLETE && cells[0].endsWith("7z");
      if (cells[1].equals("malicious") != flagged && !unread) {
        wrong.add(cells[0] + " is " + verdict);
      }
    }
    assertThat(checked).isGreaterThan(100);
    assertThat(wrong).isEmpty();
  }
}
