package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AttackImportCommandTest {
  private static final Path FILES =
      Path.of("../importer/src/test/resources/dev/redoubt/app/importer").toAbsolutePath();
  @TempDir Path folder;

  @Test
  void resultsOfThreeToolsMakeOneReport() throws Exception {
    Path json = folder.resolve("out.json");
    Cli run =
        Cli.run(
            folder,
            "attack",
            "import",
            FILES.resolve("garak.report.jsonl").toString(),
            FILES.resolve("promptfoo.json").toString(),
            FILES.resolve("pyrit.json").toString(),
            "--json",
            json.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "garak.report.jsonl: garak 0.17.1, 4 answers, 0 decided by a declared value, 4 unassessed",
            "promptfoo.json: promptfoo 0.121.20, 4 answers, 2 decided",
            "Reported by PyRIT scorer SelfAskTrueFalseScorer");
    JsonNode root = JsonMapper.shared().readTree(Files.readString(json));
    for (JsonNode attempt : root.path("attempts")) {
      boolean declared = attempt.path("objective").asString().startsWith("promptfoo.");
      assertThat(attempt.path("outcome").asString())
          .isIn(
              declared
                  ? new Object[] {"succeeded", "resisted", "unassessed"}
                  : new Object[] {"unassessed"});
    }
    Path out = folder.resolve("report");
    assertThat(Cli.run(folder, "report", "--out", out.toString()).code()).isZero();
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("Reported by garak detector mitigation.MitigationBypass");
    assertThat(Files.readString(out.resolve("findings.sarif")))
        .contains("import.garak.dan.Dan_6_0.detector-mitigation.MitigationBypass");
  }

  @Test
  void onlyWhatIsBadEnoughFails() {
    String file = FILES.resolve("garak.report.jsonl").toString();
    assertThat(Cli.run(folder, "attack", "import", file, "--fail-on", "medium").code()).isZero();
  }

  @Test
  void otherFilesAreNamedInOneLine() throws Exception {
    Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    Cli run = Cli.run(folder, "attack", "import", other.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("other.csv: is none of garak").hasLineCount(1);
    Cli gone = Cli.run(folder, "attack", "import", folder.resolve("gone").toString());
    assertThat(gone.code()).isEqualTo(3);
    assertThat(gone.err()).contains("no such file").hasLineCount(1);
    Cli dir = Cli.run(folder, "attack", "import", folder.toString());
    assertThat(dir.code()).isEqualTo(2);
  }
}
