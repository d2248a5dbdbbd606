package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Drives the fuzz target with seeded input, so that every build runs a little of it. */
class ArtifactFuzzerTest {
  private static final String OPCODES =
      "().012FIJKLMNPQRSTUVXabcd}eghijl]opqrsu)tG\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008a\u008b"
          + "BC\u008c\u008d\u008e\u008f\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098";

  private static List<byte[]> seeds() throws IOException {
    var seeds = new ArrayList<byte[]>();
    seeds.add(latin("\u0080\u0002cos\nsystem\nX\u0002\0\0\0ls\u0085R."));
    seeds.add(
        latin("\u0080\u0004\u0095\u0010\0\0\0\0\0\0\0\u008c\u0002os\u008c\u0006system\u0093)R."));
    seeds.add(latin("(lp0\nS'abc'\np1\naI1\naL2L\naF1.5\na(dp2\nVk\nNs."));
    seeds.add(latin("(iposix\nsystem\n."));
    seeds.add(
        latin(
            "\u0080\u0002cnumpy\n"
                + "dtype\n"
                + "X\u0002\0\0\0f8K\0K\u0001\u0087R(K\u0003X\u0001\0\0\0<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb."));
    seeds.add(
        HexFormat.of()
            .parseHex(
                "934e554d5059010076007b276465736372273a20273c6938272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028322c297d0a"));
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("archive/data.pkl"));
      out.write(seeds.getFirst());
      out.putNextEntry(new ZipEntry("archive/version"));
      out.write('3');
    }
    seeds.add(zip.toByteArray());
    var zlib = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(zlib)) {
      out.write(seeds.get(1));
    }
    seeds.add(zlib.toByteArray());
    return seeds;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void survivesSeededInput() throws IOException {
    var random = new Random(20_261_125L);
    List<byte[]> seeds = seeds();
    for (int i = 0; i < 4_000; i++) {
      byte[] data =
          random.nextInt(3) == 0
              ? opcodes(random)
              : mutate(seeds.get(random.nextInt(seeds.size())), random);
      assertThatCode(() -> ArtifactFuzzer.fuzzerTestOneInput(data))
          .as(() -> HexFormat.of().formatHex(data))
          .doesNotThrowAnyException();
    }
  }

  private static byte[] opcodes(Random random) {
    byte[] data = new byte[2 + random.nextInt(200)];
    for (int i = 0; i < data.length; i++) {
      data[i] =
          (byte)
              (random.nextInt(4) == 0
                  ? random.nextInt(256)
                  : OPCODES.charAt(random.nextInt(OPCODES.length())));
    }
    if (random.nextBoolean()) {
      data[0] = (byte) 0x80;
      data[1] = (byte) random.nextInt(6);
    }
    return data;
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] data = seed.clone();
    for (int n = random.nextInt(6); n > 0; n--) {
      int at = random.nextInt(data.length);
      switch (random.nextInt(4)) {
        case 0 -> data[at] = (byte) random.nextInt(256);
        case 1 -> {
          int other = random.nextInt(data.length);
          System.arraycopy(seed, at, data, other, data.length - Math.max(at, other));
        }
        case 2 -> data[at] = (byte) OPCODES.charAt(random.nextInt(OPCODES.length()));
        default -> data[at] = (byte) (random.nextBoolean() ? 0xff : 0);
      }
    }
    return random.nextInt(5) == 0
        ? java.util.Arrays.copyOf(data, random.nextInt(data.length + 1))
        : data;
  }
}
