package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Drives {@link FormatsFuzzer} with seeded input, so that every build runs a little of it. */
class FormatsFuzzerTest {
  private static List<byte[]> seeds() throws IOException {
    var seeds = new ArrayList<byte[]>();
    for (String name :
        List.of(
            "plain.h5",
            "dense.h5",
            "keras.h5",
            "lambda_dense.h5",
            "virtual.h5",
            "relu.tflite",
            "flex.tflite",
            "relu.pb")) {
      seeds.add(SampleFormatsTest.sample(name));
    }
    seeds.add(GraphFormatsTest.onnx());
    seeds.add(GraphFormatsTest.graphDef("MatMul"));
    seeds.add(GgufTest.withTemplate("{% for m in x %}{{ m['a'] | join('b') ~ 'c' }}{% endfor %}"));
    seeds.add(GgufTest.withTensors(32, 100));
    seeds.add(
        SafetensorsTest.file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8));
    for (String text :
        List.of(
            "{{ ''['__cl' + 'ass__'] }}{% set a = {'b': [1, 2]} %}{{ a.b[::-1] | map(attribute='x')"
                + " }}",
            "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"Lambda\",\"config\":{}}]}}",
            "{\"nodes\":[{\"op\":\"null\",\"inputs\":[[0,0]]}],\"heads\":[[0]]}",
            "{\"learner\":{\"gradient_booster\":{\"model\":{\"trees\":[{\"tree_param\":{\"num_nodes\":\"1\"}}]}}},\"version\":[1]}",
            "<?xml version=\"1.0\"?><PMML><Extension name=\"a\">b</Extension></PMML>",
            "tree\nversion=v4\nTree=0\nnum_leaves=2\nleft_child=-1\n\nend of trees\n",
            "{L\0\0\0\0\0\0\0\7learner{}L\0\0\0\0\0\0\0\7version[$i#i\3\1\2\3}")) {
      seeds.add(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return seeds;
  }

  @Test
  void survivesSeededInput() throws IOException {
    var random = new Random(Long.getLong("redoubt.fuzz.seed", 20_261_126L));
    List<byte[]> seeds = seeds();
    for (int i = 0; i < Integer.getInteger("redoubt.fuzz.rounds", 3_000); i++) {
      byte[] data = mutate(seeds.get(random.nextInt(seeds.size())), random);
      assertThatCode(() -> FormatsFuzzer.fuzzerTestOneInput(data))
          .as(() -> HexFormat.of().formatHex(data, 0, Math.min(data.length, 600)))
          .doesNotThrowAnyException();
    }
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] data = seed.clone();
    for (int n = 1 + random.nextInt(8); n > 0; n--) {
      int at = random.nextInt(random.nextBoolean() ? data.length : Math.min(data.length, 200));
      switch (random.nextInt(4)) {
        case 0 -> data[at] = (byte) random.nextInt(256);
        case 1 -> {
          int other = random.nextInt(data.length);
          int length = Math.min(random.nextInt(64), data.length - Math.max(at, other));
          System.arraycopy(seed, at, data, other, length);
        }
        case 2 -> data[at] ^= (byte) (1 << random.nextInt(8));
        default -> data[at] = (byte) (random.nextBoolean() ? 0xff : 0);
      }
    }
    return random.nextInt(6) == 0
        ? java.util.Arrays.copyOf(data, random.nextInt(data.length + 1))
        : data;
  }
}
