package dev.redoubt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.bench.Shield.Seen;
import dev.redoubt.bench.ShieldsPage.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the three kinds of tools, as it is written and as it lies in the documentation. */
class ShieldsPageTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "shields.md");
  private static final String SHARE = "[\\d,]+: \\d+\\.\\d % \\(\\d+\\.\\d to \\d+\\.\\d\\)";
  private static final Shield ONE = program("One");
  private static final Shield TWO = program("Two");

  private static Shield program(String name) {
    return new Shield.Program(name, "version 1", "Made for tests.", List.of("none"), Map.of());
  }

  private static String page(Map<ShieldSet, Map<String, Outcome>> outcomes) {
    return new ShieldsPage(List.of(ONE, TWO)).text(outcomes);
  }

  private static Map<ShieldSet, Map<String, Outcome>> outcomes() {
    var outcomes = new EnumMap<ShieldSet, Map<String, Outcome>>(ShieldSet.class);
    for (ShieldSet set : ShieldSet.values()) {
      outcomes.put(
          set, Map.of("One", new Outcome(12, 1_323, 1_204), "Two", new Outcome(0, 1_323, 7)));
    }
    return outcomes;
  }

  private static List<String> rows(String page, ShieldSet set) {
    return page.lines().filter(l -> l.startsWith("| " + set.title() + " |")).toList();
  }

  @Test
  void aRowGivesTheShareWithItsIntervalTheTimeAndTheContent() {
    assertThat(rows(page(outcomes()), ShieldSet.CHATS))
        .containsExactly(
            "| ordinary chats | 1,323 | 12: 0.9 % (0.5 to 1.6) | 0: 0.0 % (0.0 to 0.3) |",
            "| ordinary chats | 1,323 | 1,204 | 7 |",
            "| ordinary chats | 1,323 | dev | " + ShieldSet.CHATS.content() + " |");
  }

  @Test
  void attacksAndOrdinaryTextsStandInTheirOwnTables() {
    String page = page(outcomes());
    int alarms = page.indexOf("## False alarms");
    int time = page.indexOf("## Time");
    assertThat(page.indexOf("| " + ShieldSet.SECRETS.title() + " |")).isBetween(0, alarms);
    assertThat(page.indexOf("| " + ShieldSet.ANSWERS.title() + " |")).isBetween(alarms, time);
  }

  @Test
  void whatWasNotMeasuredSaysSo() {
    var outcomes = outcomes();
    outcomes.put(ShieldSet.CHATS, Map.of("Two", new Outcome(1, 10, 5)));
    outcomes.remove(ShieldSet.SECRETS);
    String page = page(outcomes);
    assertThat(rows(page, ShieldSet.CHATS).getFirst())
        .isEqualTo("| ordinary chats | 10 | not measured | 1: 10.0 % (1.8 to 40.4) |");
    assertThat(rows(page, ShieldSet.SECRETS).getFirst())
        .endsWith("| 0 | not measured | not measured |");
  }

  @Test
  void anOutcomeCountsWhatWasStoppedAndTakesTheMedianTime() {
    List<Seen> seen = List.of(new Seen(true, 900), new Seen(false, 10), new Seen(true, 30));
    assertThat(Outcome.of(seen)).isEqualTo(new Outcome(2, 3, 30));
    assertThat(Outcome.of(List.of())).isEqualTo(new Outcome(0, 0, 0));
  }

  /** Numbers differ from machine to machine; what the rows are and look like does not. */
  @Test
  void theDocumentIsWhatThisCodeWritesAndNamesEverySet() throws Exception {
    String document = Files.readString(DOCUMENT);
    assertThat(document).doesNotContain(ShieldsPage.NOT_MEASURED);
    assertThat(Stream.of(ShieldSet.values()))
        .allSatisfy(set -> {
          List<String> rows = rows(document, set);
          assertThat(rows).hasSize(3);
          assertThat(rows.get(0)).matches("\\| [^|]+ \\| [\\d,]+ \\|( " + SHARE + " \\|){5}");
          assertThat(rows.get(1)).matches("\\| [^|]+ \\| [\\d,]+ \\|( [\\d,]+ \\|){5}");
          assertThat(rows.get(2))
              .endsWith("| " + set.origin().word() + " | " + set.content() + " |");
        });
    String written = page(outcomes());
    assertThat(document.lines().filter(l -> l.startsWith("#")).toList())
        .isEqualTo(written.lines().filter(l -> l.startsWith("#")).toList());
    assertThat(document)
        .contains(
            "| Redoubt guard | Coraza, level 1 | Coraza, level 2 | Presidio, patterns | Presidio,"
                + " all |")
        .endsWith(written.substring(written.indexOf("\n`dev` and `train`")));
  }
}
