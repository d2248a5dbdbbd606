package dev.redoubt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.redoubt.attack.chat.Probes;
import dev.redoubt.attack.chat.Technique;
import dev.redoubt.bench.TechniquesPage.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /** A technique that came later may be missing until somebody measures again. */
  @Test
  void theDocumentGivesWhatWasMeasuredAtLeastTwentyTimes() throws Exception {
    String document = Files.readString(DOCUMENT);
    List<String> rows = document.lines().filter(l -> l.startsWith("| `")).toList();
    assertThat(rows)
        .hasSizeGreaterThanOrEqualTo(51)
        .allMatch(row -> row.matches("\\| `[a-z0-9-]+` \\| .*\\| \\d+ of [2-9]\\d+: .*"));
    List<String> known = PROBES.techniques().stream().map(Technique::id).toList();
    assertThat(rows).extracting(row -> row.split("`", -1)[1]).isSubsetOf(known);
    assertThat(document).containsPattern("sha256:[0-9a-f]{64}");
  }
}
