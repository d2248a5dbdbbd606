package dev.redoubt.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the documentation shows can be used as it stands. */
class TargetExamplesTest {
  @Test
  void theExamplesOfEachProtocolAreRead() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "redoubt-yaml.md"));
    String section = text.substring(text.indexOf("## Targets"));
    int from = section.indexOf("```yaml\n") + "```yaml\n".length();
    String yaml = section.substring(from, section.indexOf("```", from));
    AiSystem system =
        RedoubtYaml.parse(
            "redoubt: 1\nname: a\n" + yaml, "f", Map.of("KEY", "k", "A_PASSWORD", "p"));
    assertThat(system.components())
        .extracting(c -> ((Component.Endpoint) c).access().protocol())
        .contains(
            "anthropic",
            "ollama",
            "openai-completions",
            "openai-responses",
            "http",
            "websocket",
            "mcp",
            "program",
            "java");
  }
}
