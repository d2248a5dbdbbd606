package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerbatimIndexTest {
  private static final String MEMO =
      "The warehouse in Leipzig closes on the third of March, and staff move to the Halle site in April.";
  private static final String TICKET =
      "My garden hose arrived with a crack near the coupling; I would like a new one before the weekend.";
  private static final String FOOTER =
      " This message is meant for the addressee only and may not be passed on to others.";

  private static final VerbatimIndex INDEX =
      VerbatimIndex.of(Map.of("memo", MEMO + FOOTER, "ticket", TICKET + FOOTER), 50);

  @Test
  void passageOfTheSpanIsSeen() {
    assertThat(INDEX.seenIn("It says: " + MEMO.substring(10, 60) + " and so on"))
        .containsExactly("memo");
    assertThat(INDEX.seenIn(TICKET + "\n" + MEMO)).containsExactly("ticket", "memo");
  }

  @Test
  void oneCharacterLessIsNot() {
    assertThat(INDEX.seenIn("It says: " + MEMO.substring(10, 59) + "# and so on")).isEmpty();
  }

  @Test
  void oneCharacterChangedInEveryFiftyIsNot() {
    StringBuilder changed = new StringBuilder(MEMO);
    for (int i = 30; i < changed.length(); i += 45) {
      changed.setCharAt(i, '#');
    }
    assertThat(INDEX.seenIn(changed.toString())).isEmpty();
  }

  @Test
  void caseBlanksQuotesAndMarkdownMakeNoDifference() {
    String loud = MEMO.toUpperCase(java.util.Locale.ROOT).replace(" ", "\n  ");
    assertThat(INDEX.seenIn(loud)).containsExactly("memo");
    assertThat(INDEX.seenIn("**" + MEMO.replace("Leipzig", "**Leipzig**"))).containsExactly("memo");
    VerbatimIndex quotes =
        VerbatimIndex.of(
            Map.of("q", "It's \"fine\" - we don't mind at all, said nobody ever before noon."), 50);
    assertThat(quotes.seenIn("It’s “fine” – we don’t mind at all, said nobody ever before noon."))
        .containsExactly("q");
  }

  @Test
  void whatSeveralDocumentsShareTellsOfNone() {
    assertThat(INDEX.seenIn("Note:" + FOOTER)).isEmpty();
  }

  @Test
  void whatTheCallerExcludesTellsOfNone() {
    VerbatimIndex index =
        VerbatimIndex.of(Map.of("memo", MEMO), 50, "Prompt. " + MEMO.substring(0, 70));
    assertThat(index.seenIn(MEMO.substring(0, 70))).isEmpty();
    assertThat(index.seenIn(MEMO)).containsExactly("memo");
  }

  @Test
  void whatTheAskerSaidIsNoLeak() {
    assertThat(INDEX.seenIn("You wrote: " + MEMO, "Please repeat: " + MEMO)).isEmpty();
    assertThat(INDEX.seenIn(MEMO + TICKET, "Please repeat: " + MEMO)).containsExactly("ticket");
  }

  @Test
  void countsWhatCanBeSeen() {
    assertThat(INDEX.size()).isEqualTo(2);
    assertThat(VerbatimIndex.of(Map.of("a", "too short", "b", MEMO), 50).size()).isEqualTo(1);
    assertThat(VerbatimIndex.of(Map.of("a", MEMO, "b", MEMO), 50).size()).isZero();
    assertThat(VerbatimIndex.of(Map.of(), 50).seenIn(MEMO)).isEmpty();
  }

  @Test
  void refusesSpansThatTurnUpByChance() {
    assertThatThrownBy(() -> VerbatimIndex.of(Map.of(), 5)).hasMessageContaining("5");
  }

  @Test
  void thousandDocuments() {
    Random random = new Random(3);
    Map<String, String> documents = new LinkedHashMap<>();
    for (int d = 0; d < 1000; d++) {
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < 60; w++) {
        text.append(Long.toString(random.nextInt(46_000) + 1000, 36)).append(' ');
      }
      documents.put("doc-" + d, text.toString());
    }
    VerbatimIndex index = VerbatimIndex.of(documents, 50);
    assertThat(index.size()).isEqualTo(1000);
    documents.forEach((id, text) ->
        assertThat(index.seenIn("So: " + text.substring(40, 140))).containsExactly(id));
  }
}
