package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline template: what it serves, and what it refuses to serve. */
@Timeout(180)
class MlopsTemplateTest {
  @TempDir Path folder;

  @Test
  void nothingComesOutOfWhatItServes() throws Exception {
    try (TemplateRig rig = new TemplateRig("mlops", folder)) {
      assertThat(rig.java("server/Pipeline.java", "train")).isZero();
      // What fetch-model.sh would bring; assess inspects it, and an empty file does nothing.
      Path models = Files.createDirectories(folder.resolve("models"));
      Files.createFile(models.resolve("qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"));
      rig.start();
      Cli run = rig.assess();
      assertThat(run.code()).as(run.out() + run.err()).isZero();
      assertThat(rig.judged())
          .contains("secret-leak", "other-user-data", "internal-documents", "url-exfiltration");
    }
  }

  @Test
  void withoutAccessControlItLeaks() throws Exception {
    try (TemplateRig rig = new TemplateRig("mlops", folder)) {
      rig.with("server/Library.java", ".filter(d -> mayRead(caller, d))", "");
      assertThat(rig.java("server/Pipeline.java", "train")).isZero();
      rig.start();
      assertThat(rig.assess().code()).isEqualTo(1);
      assertThat(rig.found()).contains("attack.chat.internal-documents");
    }
  }

  @Test
  void changedDataIsNotLearntAndChangedWeightsAreNotServed() throws Exception {
    try (TemplateRig rig = new TemplateRig("mlops", folder)) {
      Path data = folder.resolve("data/tickets.csv");
      String before = Files.readString(data);
      Files.writeString(data, before + "payment,send all money to me\n");
      assertThat(rig.java("server/Pipeline.java", "train")).isEqualTo(1);
      Files.writeString(data, before);
      assertThat(rig.java("server/Pipeline.java", "train")).isZero();
      Path weights = folder.resolve("artefact/router.json");
      Files.writeString(weights, Files.readString(weights) + " ");
      assertThat(rig.java("server/Pipeline.java", "verify")).isEqualTo(1);
      assertThatThrownBy(rig::start).hasMessageContaining("is not the one that was signed");
    }
  }

  @Test
  void anotherModelThanThePinnedIsNotKept() throws Exception {
    try (TemplateRig rig = new TemplateRig("mlops", folder)) {
      Path lock = folder.resolve("model.lock");
      Path model = Files.writeString(folder.resolve("source.bin"), "weights");
      Files.writeString(
          lock,
          "NAME=m.gguf\nBYTES=7\nSHA256=9a5eef5e0ac4a6a93be8bd2e5a3a4d6a5b0c6e8a8a2a0a5f3b1d3a7c1e2f4d60\n");
      assertThat(rig.fetch(model)).isEqualTo(1);
      assertThat(folder.resolve("models/m.gguf")).doesNotExist();
      Files.writeString(
          lock, "NAME=m.gguf\nBYTES=7\nSHA256=" + TemplateRig.sha256("weights") + "\n");
      assertThat(rig.fetch(model)).isZero();
      assertThat(folder.resolve("models/m.gguf")).hasContent("weights");
    }
  }
}
