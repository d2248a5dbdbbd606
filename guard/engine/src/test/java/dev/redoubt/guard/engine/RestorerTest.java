package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestorerTest {
  private static final Restorer RESTORER =
      new Restorer(
          Map.of(
              "[EMAIL-1]", "ana@example.org",
              "[EMAIL-10]", "bob \"Bob\" <bob@example.org>",
              "[NAME-1]", "[EMAIL-1]",
              "<P>", "back\\slash"));

  @Test
  void readsTheLongerPseudonymAndPutsEachBackOnce() {
    assertThat(RESTORER.text("[EMAIL-1] [EMAIL-10] [EMAIL-2] [NAME-1] [[EMAIL-1]]"))
        .isEqualTo(
            "ana@example.org bob \"Bob\" <bob@example.org> [EMAIL-2] [EMAIL-1]"
                + " [ana@example.org]");
  }

  @Test
  void putsOriginalsIntoJsonStringsEscaped() {
    assertThat(
            RESTORER.json("{\"a\":\"to [EMAIL-10]\",\"b\":[\"<P>\",1,{\"c\":\"\\u005bNAME-1]\"}]}"))
        .isEqualTo(
            "{\"a\":\"to bob \\\"Bob\\\" <bob@example.org>\",\"b\":[\"back\\\\slash\",1,"
                + "{\"c\":\"[EMAIL-1]\"}]}");
    assertThat(RESTORER.json("no json [EMAIL-1]")).isEqualTo("no json [EMAIL-1]");
  }

  @Test
  void howATextIsCutNeverMatters() {
    var random = new Random(20_261_125L);
    String[] words = {
      "[EMAIL-1]", "[EMAIL-10]", "[EMAIL-1", "[", "<P>", "<", "[NAME-1]", " a ", "é𝄞"
    };
    for (int trial = 0; trial < 100_000; trial++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        text.append(words[random.nextInt(words.length)]);
      }
      var stream = RESTORER.stream();
      var out = new StringBuilder();
      for (int at = 0; at < text.length(); ) {
        int to = Math.min(text.length(), at + random.nextInt(6));
        out.append(stream.push(text.substring(at, to)));
        at = to;
      }
      out.append(stream.finish());
      if (!out.toString().equals(RESTORER.text(text.toString()))) {
        throw new AssertionError(text + " became " + out);
      }
    }
    assertThat(RESTORER.stream().finish()).isEmpty();
  }

  @Test
  void holdsBackNoMoreThanABeginning() {
    var stream = RESTORER.stream();
    assertThat(stream.push("hello [EMA")).isEqualTo("hello ");
    assertThat(stream.push("NT] ")).isEqualTo("[EMANT] ");
    assertThat(stream.push("[EMAIL-1")).isEmpty();
    assertThat(stream.finish()).isEqualTo("[EMAIL-1");
  }

  @Test
  void nothingToRestoreChangesNothing() {
    assertThat(new Restorer(Map.of()).text("[EMAIL-1]")).isEqualTo("[EMAIL-1]");
    assertThatThrownBy(() -> new Restorer(Map.of("", "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
