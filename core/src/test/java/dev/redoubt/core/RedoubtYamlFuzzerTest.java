package dev.redoubt.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A bounded number of seeded inputs; a failure names its number, which repeats it. */
class RedoubtYamlFuzzerTest {
  private static final String[] PIECES = {
    "- ",
    ": ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!x ",
    "\"",
    "'",
    "|\n",
    ">\n",
    "---\n",
    "${X}",
    "# ",
    "? ",
    "<<: ",
    "\u0000",
    "\u2028",
    "é",
    "1e999",
    "~",
    "true",
    "%YAML 9\n",
    "\\u12"
  };

  @Test
  void survivesMutationsOfTheSample() {
    byte[] sample = RedoubtYamlTest.full().getBytes(UTF_8);
    for (int i = 0; i < 6000; i++) {
      byte[] input = mutate(sample, new Random(i));
      assertThatCode(() -> RedoubtYamlFuzzer.fuzzerTestOneInput(input))
          .as("mutation %d", i)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void survivesSoup() {
    for (int i = 0; i < 6000; i++) {
      var random = new Random(i);
      var soup = new StringBuilder();
      for (int n = random.nextInt(60); n >= 0; n--) {
        soup.append(PIECES[random.nextInt(PIECES.length)]);
        if (random.nextInt(3) == 0) {
          soup.append("name");
        }
      }
      byte[] input = soup.toString().getBytes(UTF_8);
      assertThatCode(() -> RedoubtYamlFuzzer.fuzzerTestOneInput(input))
          .as("soup %d", i)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void survivesHugeSimpleThings() {
    for (String piece :
        new String[] {"[", "{a: ", "- ", "? ", "a: &a\n", "\"", "'", "#", "!", "\n "}) {
      byte[] input = piece.repeat(100_000).getBytes(UTF_8);
      assertThatCode(() -> RedoubtYamlFuzzer.fuzzerTestOneInput(input))
          .as(piece)
          .doesNotThrowAnyException();
    }
  }

  private static byte[] mutate(byte[] sample, Random random) {
    byte[] bytes = sample.clone();
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(bytes.length);
      int end = Math.min(bytes.length, at + random.nextInt(20));
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = splice(bytes, at, end, new byte[0]);
        case 2 ->
            bytes = splice(bytes, at, at, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
        default -> {
          int from = random.nextInt(bytes.length);
          int to = Math.min(bytes.length, from + random.nextInt(80));
          bytes = splice(bytes, at, end, java.util.Arrays.copyOfRange(bytes, from, to));
        }
      }
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
    var out = new java.io.ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.write(piece, 0, piece.length);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
