package dev.redoubt.runtime.target;

import static dev.redoubt.runtime.target.Bench.HASTY;
import static dev.redoubt.runtime.target.Bench.PATIENT;
import static dev.redoubt.runtime.target.Bench.client;
import static dev.redoubt.runtime.target.Bench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets that lie, in each protocol over HTTP: named, bounded, and the next call is right. */
class LyingTargetTest {
  /** Protocols with a good whole reply and a piece of a stream that is not the last. */
  enum Protocol {
    OPENAI_CHAT(
        "protocol: openai-chat",
        "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"WORDS\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"WORDS\"}}]}",
        "text/event-stream"),
    COMPLETIONS(
        "protocol: openai-completions",
        "{\"choices\":[{\"text\":\"WORDS\"}]}",
        "{\"choices\":[{\"text\":\"WORDS\"}]}",
        "text/event-stream"),
    RESPONSES(
        "protocol: openai-responses",
        "{\"output\":[{\"type\":\"message\",\"content\":[{\"text\":\"WORDS\"}]}]}",
        "{\"type\":\"response.output_text.delta\",\"delta\":\"WORDS\"}",
        "text/event-stream"),
    ANTHROPIC(
        "protocol: anthropic",
        "{\"content\":[{\"type\":\"text\",\"text\":\"WORDS\"}]}",
        "{\"type\":\"content_block_delta\",\"delta\":{\"text\":\"WORDS\"}}",
        "text/event-stream"),
    OLLAMA(
        "protocol: ollama",
        "{\"message\":{\"content\":\"WORDS\"},\"done\":true}",
        "{\"message\":{\"content\":\"WORDS\"},\"done\":false}",
        "application/x-ndjson"),
    HTTP(
        "protocol: http, http: {body: '{\"q\": \"{{text}}\"}', reply: $.a}",
        "{\"a\":\"WORDS\"}",
        "{\"a\":\"WORDS\"}",
        "text/event-stream"),
    HTTP_SSE(
        "protocol: http, http: {body: '{\"q\": \"{{text}}\"}', stream: sse, reply: $.a, done: $.d}",
        "data: {\"a\":\"WORDS\",\"d\":1}\n\n",
        "{\"a\":\"WORDS\"}",
        "text/event-stream");

    private final String keys;
    private final String whole;
    private final String piece;
    private final String streamType;

    Protocol(String keys, String whole, String piece, String streamType) {
      this.keys = keys;
      this.whole = whole;
      this.piece = piece;
      this.streamType = streamType;
    }

    String good(String words) {
      return RawServer.json(whole.replace("WORDS", words));
    }

    /** A piece of a stream as it goes over the wire. */
    String piece(String words) {
      var json = piece.replace("WORDS", words);
      return streamType.contains("ndjson") ? json + "\n" : "data: " + json + "\n\n";
    }

    TargetClient open(RawServer server, TargetSettings settings) {
      return client("url: '" + server.url() + "', " + keys, settings);
    }
  }

  private static ChatException failed(Conversation talk) {
    return failure(() -> talk.say(Say.of("hello")));
  }

  /** A server that lies once and is honest from then on. */
  private static RawServer lyingOnce(Protocol protocol, RawServer.Handler lie) {
    return new RawServer((request, out) -> {
      if (request.number() == 0) {
        lie.handle(request, out);
      } else {
        RawServer.send(out, protocol.good("honest"));
      }
    });
  }

  private static void thenHonest(Conversation talk) throws InterruptedException {
    assertThat(talk.say(Say.of("again")).text()).isEqualTo("honest");
  }

  @Nested
  class Lengths {
    /** A stream that has said that it is done is whole, whatever its length was to be. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HTTP_SSE")
    void announcesMoreThanItSends(Protocol protocol) throws Exception {
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) -> {
                    var good = protocol.good("x");
                    RawServer.send(out, good.replace("Content-Length: ", "Content-Length: 9"));
                    throw new java.io.IOException("hang up");
                  });
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        var failure = failed(talk);
        assertThat(failure.kind()).isEqualTo(Kind.RESET);
        assertThat(failure).hasMessageStartingWith("http://127.0.0.1:");
        thenHonest(talk);
      }
    }

    @ParameterizedTest
    @EnumSource
    void sendsMoreThanItAnnounces(Protocol protocol) throws Exception {
      // What follows looks like the answer to the next request, and must not be taken for it.
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) ->
                      RawServer.send(out, protocol.good("first") + protocol.good("stray")));
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        assertThat(talk.say(Say.of("hello")).text()).isEqualTo("first");
        thenHonest(talk);
      }
    }

    @ParameterizedTest
    @EnumSource
    void sendsWithoutEnd(Protocol protocol) throws Exception {
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) -> {
                    RawServer.send(
                        out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
                    while (true) {
                      RawServer.send(out, "x".repeat(64 * 1024));
                    }
                  });
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        assertThat(failed(talk).kind()).isEqualTo(Kind.TOO_LARGE);
        thenHonest(talk);
      }
    }
  }

  @Nested
  class Bytes {
    @ParameterizedTest
    @EnumSource
    void areNoUtf8(Protocol protocol) throws Exception {
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) -> {
                    var good =
                        protocol.good("\u00e9").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    for (int i = 0; i < good.length; i++) {
                      // The first half of the letter is gone: the second alone is no character.
                      good[i] = good[i] == (byte) 0xc3 ? (byte) 0xff : good[i];
                    }
                    out.write(good);
                  });
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        assertThat(failed(talk).kind()).isIn(Kind.BAD_REPLY, Kind.NOT_JSON);
        thenHonest(talk);
      }
    }

    @ParameterizedTest
    @EnumSource
    void areAWebPage(Protocol protocol) throws Exception {
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) ->
                      RawServer.send(
                          out,
                          RawServer.json("data: <html>\n\n")
                              .replace("application/json", "text/html")));
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        assertThat(failed(talk).kind()).isIn(Kind.NOT_JSON);
        thenHonest(talk);
      }
    }

    @ParameterizedTest
    @EnumSource
    void areDeeperThanAnyReply(Protocol protocol) throws Exception {
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) ->
                      RawServer.send(
                          out, RawServer.json("data: " + "[".repeat(100_000) + "\n\n")));
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        assertThat(failed(talk).kind()).isEqualTo(Kind.NOT_JSON);
        thenHonest(talk);
      }
    }
  }

  @Nested
  class Streams {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HTTP")
    void breakOff(Protocol protocol) throws Exception {
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) -> {
                    RawServer.send(out, RawServer.head(protocol.streamType));
                    RawServer.send(out, protocol.piece("half"));
                    throw new java.io.IOException("hang up");
                  });
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        assertThat(failed(talk).kind()).isEqualTo(Kind.RESET);
        thenHonest(talk);
      }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HTTP")
    void neverEnd(Protocol protocol) throws Exception {
      var over = new CountDownLatch(1);
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) -> {
                    RawServer.send(out, RawServer.head(protocol.streamType));
                    RawServer.send(out, protocol.piece("half"));
                    over.await();
                  });
          var client = protocol.open(server, HASTY);
          var talk = client.begin(List.of())) {
        assertThat(failed(talk).kind()).isEqualTo(Kind.TIMEOUT);
        over.countDown();
        thenHonest(talk);
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI_CHAT", "COMPLETIONS", "HTTP_SSE"})
    void areWholeThoughTheyAreNeverClosed(Protocol protocol) throws Exception {
      var over = new CountDownLatch(1);
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) -> {
                    RawServer.send(out, RawServer.head(protocol.streamType));
                    RawServer.send(out, protocol.piece("all") + "data: [DONE]\n\n");
                    over.await();
                  });
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        assertThat(talk.say(Say.of("hello")).text()).isEqualTo("all");
        over.countDown();
        thenHonest(talk);
      }
    }
  }

  @Nested
  class Late {
    @ParameterizedTest
    @EnumSource
    void answersAreThrownAway(Protocol protocol) throws Exception {
      var late = new CountDownLatch(1);
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) -> {
                    late.await();
                    sendLate(out, protocol.good("late"));
                  });
          var client = protocol.open(server, HASTY);
          var talk = client.begin(List.of())) {
        assertThat(failed(talk).kind()).isEqualTo(Kind.TIMEOUT);
        late.countDown();
        thenHonest(talk);
      }
    }

    private static void sendLate(OutputStream out, String text) throws Exception {
      RawServer.send(out, text);
    }
  }

  @Nested
  class Statuses {
    @ParameterizedTest
    @EnumSource
    void areKept(Protocol protocol) throws Exception {
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) ->
                      RawServer.send(
                          out,
                          "HTTP/1.1 429 Slow\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n"));
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        var failure = failed(talk);
        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(java.time.Duration.ofSeconds(3));
        thenHonest(talk);
        assertThat(server.requests()).as("nothing is sent twice").hasSize(2);
      }
    }

    @ParameterizedTest
    @EnumSource
    void thatRedirectAreNotFollowed(Protocol protocol) throws Exception {
      try (var server =
              lyingOnce(
                  protocol,
                  (_, out) ->
                      RawServer.send(
                          out,
                          "HTTP/1.1 302 Go\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"));
          var client = protocol.open(server, PATIENT);
          var talk = client.begin(List.of())) {
        var failure = failed(talk);
        assertThat(failure.status()).isEqualTo(302);
        assertThat(failure.location()).contains("/login");
        thenHonest(talk);
      }
    }
  }
}
