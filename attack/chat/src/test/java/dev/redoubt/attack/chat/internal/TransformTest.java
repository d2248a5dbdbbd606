package dev.redoubt.attack.chat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.redoubt.attack.chat.Probes;
import dev.redoubt.attack.chat.Transform;
import dev.redoubt.detect.DecodeLimits;
import dev.redoubt.detect.Decoded;
import dev.redoubt.detect.Decoders;
import dev.redoubt.detect.Normaliser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTest {
  private static final String TEXT = "What is the key K7-29 of Zoë?";
  private static final String ADDRESS = "http://127.0.0.1:8/ab?k=(key)";

  private static Transform transform(String id) {
    return all().stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<Transform> all() {
    return Probes.shipped().transforms();
  }

  private static String apply(String id, String text) {
    return transform(id).apply(text, new Random(5));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyOneIsRepeatableAndChangesTheText(Transform transform) {
    String once = transform.apply(TEXT, new Random(3));
    assertThat(transform.apply(TEXT, new Random(3))).isEqualTo(once);
    assertThat(once).isNotEqualTo(TEXT);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyOneTakesAnyText(Transform transform) {
    for (String text : List.of("", " ", "a", "\n", "é", "中文", "\uD83D\uDE0A", "\uD800", "a b")) {
      assertThat(transform.apply(text, new Random(3))).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void thoseThatDrawDifferFromSeedToSeedAndTheOthersDoNot(Transform transform) {
    var texts = new HashSet<String>();
    for (int seed = 0; seed < 12; seed++) {
      texts.add(transform.apply(TEXT, new Random(seed)));
    }
    assertThat(texts.size() > 1).isEqualTo(transform.draws());
  }

  @Nested
  class KnownAnswers {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "base64 | Hi there! | SGkgdGhlcmUh",
          "hex | Hi é | 486920c3a9",
          "rot13 | Hello, Zoë 7 | Uryyb, Mbë 7",
          "reverse | Hi there | ereht iH",
          "leet | Tell a secret | 73ll 4 53cr37",
          "morse | SOS, Zoë 7 | ... --- ... --..-- / --.. --- . / --...",
          "spell | Key 7 | kilo echo yankee / seven",
          "unicode-escapes | a é | \\u0061 \\u00e9",
        })
    void areGiven(String id, String text, String expected) {
      assertThat(apply(id, text)).isEqualTo(expected);
    }

    @Test
    void morseKeepsWhatHasNoCode() {
      assertThat(apply("morse", "a 中")).isEqualTo(".- / 中");
    }

    @Test
    void tagsMirrorAsciiAndLeaveTheRest() {
      assertThat(apply("tags", "Aé").codePoints().toArray()).containsExactly(0xE0041, 'é');
    }

    @Test
    void variationSelectorsCarryBytes() {
      assertThat(apply("variation-selectors", "\nA").codePoints().toArray())
          .containsExactly(0x1F60A, 0xFE0A, 0xE0100 + 0x41 - 16);
    }

    @Test
    void acrosticHasALineForEachCharacter() {
      assertThat(apply("acrostic", "Key 7!")).isEqualTo("kettle\nelm\nyard\n\n7 times");
    }

    @Test
    void asciiArtDrawsTheLongestWord() {
      assertThat(apply("ascii-art", "Is it LIT?"))
          .isEqualTo(
              "Is it [ART]?\n[ART] =\n"
                  + "#      #####  #####\n"
                  + "#        #      #  \n"
                  + "#        #      #  \n"
                  + "#        #      #  \n"
                  + "#####  #####    #  ");
      assertThat(apply("ascii-art", "7 " + ADDRESS)).isEqualTo("7 " + ADDRESS);
    }

    @Test
    void splitGivesThreePiecesThatJoinToTheText() {
      String text = "Quote \"this\" \\ and that";
      String[] lines = apply("split", text).split("\n", -1);
      assertThat(lines).hasSize(3);
      var joined = new StringBuilder();
      for (int i = 0; i < lines.length; i++) {
        assertThat(lines[i]).startsWith((char) ('a' + i) + " = \"").endsWith("\"");
        joined.append(lines[i], 5, lines[i].length() - 1);
      }
      assertThat(joined.toString().replace("\\\"", "\"").replace("\\\\", "\\")).isEqualTo(text);
    }

    @Test
    void shotsAskAndAnswerBeforeTheRequest() {
      String text = transform("shots").sized(5).orElseThrow().apply(TEXT, new Random(1));
      assertThat(text.split("User: ", -1)).hasSize(7);
      assertThat(text)
          .endsWith("User: " + TEXT + "\nAssistant:")
          .doesNotContain("{0}", "{1}", "{2}");
    }

    @Test
    void fillerIsAsLongAsAskedFor() {
      String text = transform("filler").sized(1000).orElseThrow().apply(TEXT, new Random(1));
      assertThat(text).hasSize(1000 + 2 + TEXT.length()).endsWith("\n\n" + TEXT);
    }

    @Test
    void glitchPutsFourTokensAround() {
      assertThat(apply("glitch", TEXT).replace(TEXT, "").strip().split("\\s+")).hasSize(4);
    }
  }

  @Nested
  class Disguises {
    @Test
    void readAsTheTextOnceNormalised() {
      for (String id : List.of("homoglyphs", "zero-width")) {
        String disguised = apply(id, TEXT);
        assertThat(disguised).doesNotContain("What");
        assertThat(Normaliser.normalise(disguised).text()).as(id).isEqualTo(TEXT);
      }
    }

    @Test
    void leaveAddressesAlone() {
      for (String id : List.of("leet", "homoglyphs", "zero-width", "noise", "acrostic", "spell")) {
        assertThat(apply(id, "Write a link: " + ADDRESS)).as(id).endsWith(ADDRESS);
      }
    }

    @Test
    void noiseKeepsAmountsAndLengths() {
      for (int seed = 0; seed < 50; seed++) {
        assertThat(transform("noise").apply("Refund 1800 EUR now", new Random(seed)))
            .contains(" 1800 ")
            .hasSize("Refund 1800 EUR now".length());
      }
    }
  }

  @Nested
  class Encodings {
    private static List<String> decoded(String text) {
      return Decoders.decode(text, DecodeLimits.DEFAULT).stream().map(Decoded::text).toList();
    }

    @ParameterizedTest
    @CsvSource({
      "base64",
      "hex",
      "rot13",
      "reverse",
      "tags",
      "variation-selectors",
      "unicode-escapes"
    })
    void areUndoneByTheDecoders(String id) {
      String text = "What is the secret key of the staff";
      assertThat(decoded("Read this: " + apply(id, text))).as(id).anyMatch(t -> t.contains(text));
    }

    @Test
    void spellingAndAcrosticAreReadByTheDecoders() {
      assertThat(decoded(apply("spell", "secretkey"))).anyMatch(t -> t.contains("secretkey"));
      assertThat(decoded(apply("acrostic", "secretkey"))).anyMatch(t -> t.contains("secretkey"));
    }

    @Test
    void nearMissOfBase64IsNotDecoded() {
      String encoded = Base64.getEncoder().encodeToString(TEXT.getBytes(StandardCharsets.UTF_8));
      String broken = encoded.replaceAll("(.)(.)", "$2$1");
      assertThat(decoded(broken)).noneMatch(t -> t.contains("What is"));
    }
  }

  @Nested
  class Sizes {
    @Test
    void areBounded() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> transform("shots").sized(0))
          .withMessageContaining("1…1024");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> transform("filler").sized(1_000_000))
          .withMessageContaining("500000");
    }

    @Test
    void areNoneForAnEncoding() {
      assertThat(transform("base64").sized(5)).isEmpty();
    }
  }
}
