package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpInputTest {
  private static String read(String reply) throws IOException {
    try (var inFlight = new InFlight(Duration.ofSeconds(1));
        var watch = inFlight.begin(() -> true)) {
      var input =
          new HttpInput(new ByteArrayInputStream(reply.getBytes(StandardCharsets.ISO_8859_1)));
      var head = input.head(watch);
      var body = input.body(head, false);
      var text = new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
      return head.status() + " " + text + (body.complete() ? "" : " then closed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200\r\ncontent-length:5\r\n\r\nhello",
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nT: 1\r\n\r\n"
      })
  void readsAReply(String reply) throws IOException {
    assertThat(read(reply)).isEqualTo("200 hello");
  }

  @Test
  void readsToTheEndOfTheConnectionWithoutALength() throws IOException {
    assertThat(read("HTTP/1.0 200 OK\r\n\r\nhello")).isEqualTo("200 hello then closed");
    assertThat(read("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo("204 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello"
      })
  void refusesWhatIsNoReply(String reply) {
    assertThatThrownBy(() -> read(reply)).isInstanceOf(UpstreamException.class);
  }

  @Test
  void refusesHeadersWithoutEnd() {
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(20_000)))
        .isInstanceOf(UpstreamException.class)
        .hasMessageContaining("headers");
  }
}
