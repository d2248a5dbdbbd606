package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Drives the fuzz target with seeded input, so that every build runs a little of it. */
class GatewayFuzzerTest {
  private static final List<String> SEEDS =
      List.of(
          "/v1/chat/completions",
          "/v1/models/acme:7b",
          "{\"model\":\"m\",\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
          "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}]}",
          "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\","
              + "\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"content\":\"x\"}]}",
          "data: {\"choices\":[]}\r\n\r\n: x\ndata: a\rdata: b\n\ndata: [DONE]\n\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
          "HTTP/1.0 404\nA: b\n\nrest");

  @Test
  void survivesSeededInput() {
    var random = new Random(20_261_125L);
    for (int i = 0; i < 20_000; i++) {
      byte[] data = mutate(random);
      assertThatCode(() -> GatewayFuzzer.fuzzerTestOneInput(data))
          .as(() -> new String(data, StandardCharsets.UTF_8))
          .doesNotThrowAnyException();
    }
  }

  private static byte[] mutate(Random random) {
    byte[] data = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
    for (int n = random.nextInt(6); n > 0; n--) {
      int at = random.nextInt(data.length);
      switch (random.nextInt(3)) {
        case 0 -> data[at] = (byte) random.nextInt(256);
        case 1 -> {
          int other = random.nextInt(data.length);
          System.arraycopy(data.clone(), at, data, other, data.length - Math.max(at, other));
        }
        default -> data[at] = (byte) "\r\n:{}[]\"/%.0-9,".charAt(random.nextInt(15));
      }
    }
    return random.nextInt(5) == 0 ? Arrays.copyOf(data, random.nextInt(data.length)) : data;
  }
}
