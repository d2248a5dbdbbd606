package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.RedoubtYaml;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class InitCommandTest {
  @TempDir Path folder;

  @Test
  void writesADescriptionThatAssessTakes() throws Exception {
    Files.writeString(folder.resolve("requirements.txt"), "fastapi\nopenai\n");
    Files.writeString(folder.resolve("main.py"), "@app.post(\"/chat\")\ndef chat(q): pass\n");
    Cli run = Cli.run(folder, "init", "--yes");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("FastAPI  requirements.txt:1", "/chat  main.py:1", "TODO");
    Path file = folder.resolve("redoubt.yaml");
    assertThat(RedoubtYaml.read(file).components()).isNotEmpty();
    String before = Files.readString(file);
    Cli again = Cli.run(folder, "init", "--yes");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("--force").hasLineCount(1);
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(Cli.run(folder, "init", "--yes", "--force").code()).isZero();
  }

  @Test
  void jsonSaysWhatWasSeenAndWritesNothing() throws Exception {
    Files.writeString(folder.resolve("main.py"), "@app.post(\"/chat\")\n");
    Cli run = Cli.run(folder, "init", "--json");
    assertThat(run.code()).isZero();
    assertThat(
            JsonMapper.shared().readTree(run.out()).path("sightings").get(0).path("line").asInt())
        .isEqualTo(1);
    assertThat(folder.resolve("redoubt.yaml")).doesNotExist();
  }

  @Test
  void missingFolderAndUnknownTemplateAreWrongUsage() {
    assertThat(Cli.run(folder, "init", folder.resolve("gone").toString()).code()).isEqualTo(2);
    Cli run = Cli.run(folder, "init", "--template", "ragg", folder.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("rag").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rag", "agent", "mlops"})
  void templatesOfTwoSeedsShareNoSecret(String template) throws Exception {
    for (String seed : new String[] {"1", "2"}) {
      Path to = folder.resolve(seed);
      assertThat(
              Cli.run(folder, "init", "--template", template, "--seed", seed, to.toString()).code())
          .isZero();
      assertThat(Files.readString(to.resolve("test.env"))).doesNotContain("{{");
    }
    var first = Files.readAllLines(folder.resolve("1/facts.txt"));
    first.removeIf(line -> line.startsWith("#"));
    assertThat(first).isNotEmpty();
    assertThat(Files.readAllLines(folder.resolve("2/facts.txt")))
        .doesNotContainAnyElementsOf(first);
    assertThat(Files.isExecutable(folder.resolve("1/test.sh"))).isTrue();
    Cli again = Cli.run(folder, "init", "--template", template, folder.resolve("1").toString());
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("would be replaced");
  }
}
