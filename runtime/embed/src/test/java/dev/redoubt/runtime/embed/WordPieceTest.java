package dev.redoubt.runtime.embed;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordPieceTest {
  private static final String FILE = "/all-minilm-l6-v2-q-tokenizer.json";
  private static WordPiece ours;
  private static HuggingFaceTokenizer theirs;

  @BeforeAll
  static void load() throws IOException {
    System.setProperty("ai.djl.offline", "true");
    try (var in = WordPieceTest.class.getResourceAsStream(FILE)) {
      ours = WordPiece.read(in);
    }
    try (var in = WordPieceTest.class.getResourceAsStream(FILE)) {
      theirs =
          HuggingFaceTokenizer.newInstance(
              in, Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false"));
    }
  }

  @AfterAll
  static void close() {
    theirs.close();
  }

  private static void assertSame(String text) {
    var want = theirs.encode(text).getIds();
    var got = ours.encode(text, 100_000);
    assertThat(java.util.Arrays.stream(got).asLongStream().toArray()).as(text).isEqualTo(want);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "How do I return a kettle?",
        "Ticket of Ada Lovelace, e-mail ada.lovelace@example.org, order AC-123456.",
        "Überweisung über 1.234,56 € – naïve café, Ångström, İstanbul, ΣΊΣΥΦΟΣ",
        "日本語のテキスト and 中文字符, 한국어 텍스트, हिन्दी पाठ, العربية",
        "zero\u200bwidth soft\u00adhyphen nbsp\u00a0here tab\there line\u2028sep \u0000nul \ufffd",
        "emoji 😀 family 👨‍👩‍👧 flags 🇩🇪 math 𝒜𝓁𝓅𝒽𝒶 ½ ² ™",
        "https://acme.example/help/returns-1234?q=a%20b&c=d#frag \"quoted\" 'single' `tick` $^+<=>|~",
        "internationalization antidisestablishmentarianism xqzjvkwpf",
      })
  void readsAsThePublishersTokenizer(String text) {
    assertSame(text);
  }

  @Test
  void readsDrawnTextsAsThePublishersTokenizer() {
    var random = new Random(7);
    int[][] blocks = {
      {0x20, 0x7E}, {0xA0, 0x24F}, {0x370, 0x3FF}, {0x400, 0x45F}, {0x3040, 0x30FF}
    };
    for (int n = 0; n < 300; n++) {
      var text = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        var block = blocks[random.nextInt(4) == 0 ? random.nextInt(blocks.length) : 0];
        int c = block[0] + random.nextInt(block[1] - block[0] + 1);
        if (Character.isDefined(c)) {
          text.append(random.nextInt(6) == 0 ? " " : "").appendCodePoint(c);
        }
      }
      // Special tokens are text for us, and tokens for the other.
      assertSame(text.toString().replace('[', '('));
    }
  }

  @Test
  void aWordOfMoreThanAHundredLettersIsUnknown() {
    assertSame("a".repeat(100));
    assertSame("a".repeat(101) + " b");
  }

  @Test
  void namesOfSpecialTokensAreText() {
    assertThat(ours.encode("[SEP] [CLS]", 100)).hasSizeGreaterThan(2).doesNotContain(101, 102);
  }

  @Test
  void stopsAtTheMostThatIsWanted() {
    assertThat(ours.encode("word ".repeat(10_000), 254)).hasSize(254);
  }
}
