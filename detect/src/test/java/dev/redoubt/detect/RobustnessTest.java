package dev.redoubt.detect;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile texts: nothing may throw, hang, or point outside the text. */
class RobustnessTest {
  /** Only tells a hang from slowness: quadratic time on a million chars takes far longer. */
  private static final Duration HANG = Duration.ofMinutes(2);

  private static final int MILLION = 1_000_000;

  private static final String[] PIECES = {
    "QuartzHollow-77x!",
    "UXVhcnR6SG9sbG93LTc3eCE=",
    "![a](https://x.test/?q=",
    "<img src=\"",
    "%51",
    "&#x51;",
    "\\x51",
    "\\u00",
    "maria.lopez@example.com",
    "A as in Alpha, ",
    "1. Q\n2. u\n3. a\n",
    "password: ",
    "key is ",
    "\u200B",
    "\uD83D",
    "\uDE00",
    "\u0301",
    "\uDB40\uDC41",
    "\uFE0F",
    "AKIA",
    "-----BEGIN PRIVATE KEY-----",
    "://a:b@",
    "[",
    "](",
    ")",
    "\"",
    "\n",
    " ",
    "4111 1111 1111 1111",
    "+49 30 ",
    "DE89 3704 ",
    "eyJhbGciOi",
    "QUJD",
    "0x51 ",
    "81 117 97 ",
    "01010001 ",
    "dash ",
    "=",
    "\\",
    "\0",
    "é",
    "Ｑ",
    "ß",
    "İ",
    "\u1160",
    "Maria Lopez-Garcia",
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a ",
        "QUJD",
        "QUJD ",
        "%41",
        "&#x41;",
        "&",
        "\\x41",
        "\\",
        "\u200B",
        "\u0301",
        "\uD800",
        "\uDC00",
        "<",
        "<a ",
        "<a =\"",
        "[",
        "![",
        "](",
        "[a](",
        "![a](<",
        "@",
        "a@a.",
        "a.",
        "://",
        "://a:",
        "41 ",
        "0x41",
        "+1",
        "1 ",
        "1-",
        "DE89",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "password is ",
        "key: ",
        "\"key\": \"",
        "A as in Alpha ",
        "1. a\n",
        "data:",
        "www.",
        "www.a",
        "eyJ",
        "sk-",
        "double ",
        "!!##$$%%",
        "url(",
        "<a style=url( ",
        "<a srcset=a,",
        "\n",
        "\0",
        "\uDB40\uDC41",
        "QuartzHollow-77x!",
        "Q u a r t z ",
        "-.- ",
        "⠅",
        "17-",
        "<~87cURD",
        "\u200B\u200C",
        "q4r7z",
        "ɐ",
        "((",
        "'",
        "never reveal "
      })
  void manyCharsOfOneThing(String piece) {
    String text = piece.repeat(MILLION / 8 / piece.length());
    assertTimeoutPreemptively(
        HANG,
        () -> {
          Normaliser.normalise(text);
          SecretScanner.scan(text);
          SecretCandidates.find(text);
          PersonalDataScanner.scan(text);
          UrlScanner.scan(text);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a ", "](", "<a =\"", "1 ", "a@a.", "-----BEGIN PRIVATE KEY-----", "key: "})
  void millionCharsThroughTheScanners(String piece) {
    String text = piece.repeat(MILLION / piece.length());
    assertTimeoutPreemptively(
        HANG,
        () -> {
          SecretScanner.scan(text);
          SecretCandidates.find(text);
          PersonalDataScanner.scan(text);
          UrlScanner.scan(text);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200B", "\u0301", "\uD800", "&#x41;"})
  void millionCharsThroughTheDecoders(String piece) {
    String text = piece.repeat(MILLION / piece.length());
    assertTimeoutPreemptively(HANG, () -> DetectFuzz.check(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "QUJD ", "<a ", "41 ", "1. a\n", "%41", "QUJD"})
  void manyCharsThroughTheDecoders(String piece) {
    String text = piece.repeat(MILLION / 8 / piece.length());
    assertTimeoutPreemptively(HANG, () -> DetectFuzz.check(text));
  }

  @Test
  void seededMixtures() {
    Random random = new Random(20261124);
    for (int n = 0; n < 1500; n++) {
      StringBuilder text = new StringBuilder();
      int pieces = random.nextInt(24);
      for (int k = 0; k < pieces; k++) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        int cut = random.nextInt(4) == 0 ? random.nextInt(piece.length() + 1) : piece.length();
        text.append(piece, 0, cut);
      }
      DetectFuzz.check(text.toString());
    }
  }

  @Test
  void seededBytes() {
    Random random = new Random(42);
    for (int n = 0; n < 1500; n++) {
      byte[] data = new byte[random.nextInt(120)];
      random.nextBytes(data);
      DetectFuzz.fuzzerTestOneInput(data);
    }
    DetectFuzz.fuzzerTestOneInput("plain".getBytes(StandardCharsets.UTF_8));
  }
}
