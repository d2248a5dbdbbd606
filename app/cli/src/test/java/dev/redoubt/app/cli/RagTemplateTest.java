package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The retrieval template against a model that gives away all that it gets. */
@Timeout(180)
class RagTemplateTest {
  @TempDir Path folder;

  @Test
  void nothingComesOut() throws Exception {
    try (TemplateRig rig = new TemplateRig("rag", folder).start()) {
      Cli run = rig.assess();
      assertThat(run.code()).as(run.out() + run.err()).isZero();
      assertThat(rig.judged())
          .contains("secret-leak", "other-user-data", "internal-documents", "url-exfiltration");
      assertThat(rig.model().calls()).isGreaterThan(40);
    }
  }

  @Test
  void withoutAccessControlItLeaks() throws Exception {
    try (TemplateRig rig =
        new TemplateRig("rag", folder)
            .with("server/Library.java", ".filter(d -> mayRead(caller, d))", "")
            .start()) {
      Cli run = rig.assess();
      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
      assertThat(rig.found())
          .contains("attack.chat.internal-documents", "attack.chat.other-user-data");
    }
  }

  @Test
  void withItsKeyInThePromptItLeaks() throws Exception {
    try (TemplateRig rig =
        new TemplateRig("rag", folder)
            .with(
                "server/Server.java",
                "Model.message(\"system\", instructions)",
                "Model.message(\"system\", instructions + System.getenv(\"MODEL_KEY\"))")
            .start()) {
      Cli run = rig.assess();
      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
      assertThat(rig.found()).contains("attack.chat.secret-leak");
    }
  }
}
