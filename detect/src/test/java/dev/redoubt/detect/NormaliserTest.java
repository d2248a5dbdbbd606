package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserTest {

  @ParameterizedTest
  @CsvSource({
    "раѕѕwоrd,password",
    "ｐａｓｓｗｏｒｄ,password",
    "𝓹𝓪𝓼𝓼𝔀𝓸𝓻𝓭,password",
    "🅿🅰🆂🆂,PASS",
    "🇵🇦🇸🇸,PASS",
    "ᴘᴀꜱꜱ,pass",
    "ⓟⓐⓢⓢ①②,pass12",
    "p\u200Ba\u200Ds\u2060s\uFEFF,pass",
    "p\u00ADa\u034Fs\u180Es,pass",
    "a\u202Eb\u2066c,abc",
    "x\uFE0Fy\uDB40\uDD00z,xyz",
    "it’s “so” – ok…,it's \"so\" - ok...",
    "αβγ ΑΒΕ,aBy ABE",
    "٣٤٥,345",
    "e\u0301é,éé",
  })
  void takesDisguisesOff(String disguised, String plain) {
    assertThat(Normaliser.normalise(disguised).text()).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Plain text, 0O1lI stays.",
        "tab\tline\nend\r\n",
        "Größe: naïve café",
        "日本語テキスト",
        "😀 ok"
      })
  void leavesTheRest(String text) {
    assertThat(Normaliser.normalise(text).text()).isEqualTo(text);
  }

  @Test
  void tagsAreInvisible() {
    String hidden = "hi" + Character.toString(0xE0041) + Character.toString(0xE0042) + "!";
    assertThat(Normaliser.normalise(hidden).text()).isEqualTo("hi!");
  }

  @Test
  void leadsBackToTheOriginal() {
    String text = "a\u200B\u200B𝓫\u0301c";
    NormalisedText normal = Normaliser.normalise(text);
    assertThat(normal.text()).isEqualTo("ab\u0301c");
    assertThat(normal.originalIndex(1)).isEqualTo(3);
    assertThat(normal.originalEnd(2)).isEqualTo(6);
    assertThat(normal.originalIndex(3)).isEqualTo(6);
    assertThat(normal.originalIndex(4)).isEqualTo(text.length());
  }

  @Test
  void everyCharLeadsToItsSource() {
    String text = "ﬁ½Ａ\u0301½x";
    NormalisedText normal = Normaliser.normalise(text);
    for (int i = 0; i < normal.text().length(); i++) {
      assertThat(normal.originalIndex(i)).isBetween(0, text.length() - 1);
      assertThat(normal.originalEnd(i + 1)).isGreaterThan(normal.originalIndex(i));
    }
  }

  @Test
  void loneSurrogatesBecomeReplacements() {
    assertThat(Normaliser.normalise("a\uD800b\uDC00").text()).isEqualTo("a\uFFFDb\uFFFD");
  }
}
