package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Policy;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.Start;
import dev.redoubt.testkit.StubEndpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSystemTest {
  private static final Path YAML = Path.of("../../samples/acme-helpdesk/redoubt.yaml");
  @TempDir Path folder;

  /** The description is written by hand; what the sample draws must agree with it. */
  @Test
  void theSampleIsDescribedAsItIs() throws Exception {
    Start start = RedoubtYaml.start(YAML).orElseThrow();
    try (var model = StubEndpoint.builder().reply("hello").start();
        SampleSystem sample =
            SampleSystem.open(
                start, folder, model.baseUrl(), new PrintWriter(new StringWriter()))) {
      AiSystem system = RedoubtYaml.read(YAML, sample.environment());
      assertThat(sample.environment()).isEqualTo(SampleSystem.environment(start));
      Endpoint written = (Endpoint) system.component("helpdesk").orElseThrow();
      AiSystem drawn = sample.describe();
      Endpoint own = (Endpoint) drawn.component("helpdesk").orElseThrow();
      assertThat(written.url()).isEqualTo(own.url());
      assertThat(written.context()).isEqualTo(own.context());
      assertThat(written.identities().stream().map(i -> i.name()))
          .isEqualTo(own.identities().stream().map(i -> i.name()).toList());
      assertThat(system.components().stream().map(c -> c.name()))
          .isEqualTo(drawn.components().stream().map(c -> c.name()).toList());
      for (String file :
          new String[] {
            written.groundTruth().factsFile(),
            written.groundTruth().documentsFile(),
            written.groundTruth().systemPromptFile()
          }) {
        assertThat(Files.size(folder.resolve(file))).isPositive();
      }
      String documents =
          Files.readString(folder.resolve(String.valueOf(written.groundTruth().documentsFile())));
      assertThat(written.groundTruth().statements())
          .isNotEmpty()
          .allMatch(s -> documents.contains(s.value() + " " + s.unit()));
      assertThat(documents)
          .contains("Express delivery arrives the next working day and costs 13.30");
      assertThat(written.groundTruth().policies())
          .anyMatch(p -> p instanceof Policy.NeverBelow below && below.price() == 13.3);
    }
  }
}
