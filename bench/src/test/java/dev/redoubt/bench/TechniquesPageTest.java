package dev.redoubt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.redoubt.attack.chat.Probes;
import dev.redoubt.attack.chat.Technique;
import dev.redoubt.bench.TechniquesPage.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the techniques, as it is written and as it lies in the documentation. */
class TechniquesPageTest {
  private static final Probes PROBES = Probes.shipped();
  private static final Path DOCUMENT = Path.of("..", "docs", "techniques.md");

  private static String line(String id, int successes, int trials) {
    Row plain = new Row(PROBES.technique("direct"), 3, 20, 20);
    Row row = new Row(PROBES.technique(id), successes, trials, 47);
    String page =
        new TechniquesPage("Say nothing.", "secret-leak", 7, 80, "abc").text(List.of(plain, row));
    return page.lines().filter(l -> l.startsWith("| `" + id + "`")).findFirst().orElseThrow();
  }

  @Test
  void saysWhatTheNumbersCarry() {
    assertAll(
        () ->
            assertThat(line("base64", 17, 20))
                .contains("17 of 20: 85 % (64 to 95)", "| 47 |", "**works better**, +"),
        () -> assertThat(line("base64", 5, 20)).contains("no effect here, -"),
        () -> assertThat(line("base64", 0, 20)).contains("no effect here"),
        () -> assertThat(line("base64", 0, 0)).contains("not measured"),
        () -> assertThat(line("direct", 3, 20)).endsWith("| 20 |  |"));
  }

  @Test
  void theDocumentNamesEveryTechniqueWithAtLeastTwentyAttempts() throws Exception {
    List<String> lines = Files.readAllLines(DOCUMENT);
    List<String> missing =
        PROBES.techniques().stream()
            .map(Technique::id)
            .filter(id ->
                lines.stream()
                    .noneMatch(l -> l.matches("\\| `" + id + "` \\| .*\\| \\d+ of [2-9]\\d+: .*")))
            .collect(Collectors.toList());
    assertThat(missing).as("run ./redoubt bench techniques for these").isEmpty();
    assertThat(String.join("\n", lines)).containsPattern("sha256:[0-9a-f]{64}");
  }
}
