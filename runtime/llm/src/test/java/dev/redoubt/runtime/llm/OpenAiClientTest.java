package dev.redoubt.runtime.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiClientTest {
  private static final ChatRequest HELLO = ChatRequest.of(ChatMessage.user("hello"));
  private static final RetryPolicy FAST =
      new RetryPolicy(2, Duration.ofMillis(1), Duration.ofSeconds(1), 3, Duration.ofSeconds(2));

  private static OpenAiClient.Builder client(URI base) {
    return OpenAiClient.builder(base).requestTimeout(Duration.ofSeconds(20)).retries(FAST);
  }

  private static ChatException failure(ThrowingCallable call) {
    var caught = new ArrayList<ChatException>();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ChatException.class, caught::add)
        .message()
        .doesNotContain("\n")
        .hasSizeLessThan(400);
    return caught.getFirst();
  }

  @Nested
  class Good {
    @Test
    void asksAndCountsTokens() throws Exception {
      try (var stub = StubEndpoint.builder().echo().model("m").start();
          var client = client(stub.baseUrl()).model("m").build()) {
        var reply = client.chat(HELLO.withSeed(7).withTemperature(0.5));
        assertThat(reply.text()).contains("hello");
        assertThat(reply.model()).isEqualTo("m");
        assertThat(reply.finishReason()).isEqualTo("stop");
        var sent = stub.requests().getFirst().json();
        assertThat(sent.path("seed").asInt()).isEqualTo(7);
        assertThat(sent.path("model").asString()).isEqualTo("m");
        assertThat(client.stats().calls()).isEqualTo(1);
        assertThat(client.stats().retries()).isZero();
        assertThat(client.stats().promptTokens()).isEqualTo(reply.usage().prompt()).isPositive();
      }
    }

    @Test
    void streams() throws Exception {
      try (var stub = StubEndpoint.builder().reply("one two three").pieceLength(4).start();
          var client = client(stub.baseUrl()).build()) {
        var pieces = new ArrayList<String>();
        var reply = client.stream(HELLO, pieces::add);
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(String.join("", pieces)).isEqualTo("one two three").isEqualTo(reply.text());
        assertThat(stub.requests().getFirst().stream()).isTrue();
        assertThat(client.stats().completionTokens()).isPositive();
      }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void getsToolCalls(boolean streamed) throws Exception {
      try (var stub = StubEndpoint.builder().toolCall("refund", "{\"amount\":20}").start();
          var client = client(stub.baseUrl()).build()) {
        var reply = streamed ? client.stream(HELLO, _ -> {}) : client.chat(HELLO);
        assertThat(reply.finishReason()).isEqualTo("tool_calls");
        assertThat(reply.message().toolCalls())
            .singleElement()
            .satisfies(call -> {
              assertThat(call.name()).isEqualTo("refund");
              assertThat(call.arguments()).isEqualTo("{\"amount\":20}");
            });
      }
    }

    @Test
    void takesAWholeReplyWhereAStreamWasAskedFor() throws Exception {
      var json = "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"whole\"}}]}";
      try (var stub =
              StubEndpoint.builder()
                  .always(new StubReply.Raw(200, "application/json", json))
                  .start();
          var client = client(stub.baseUrl()).build()) {
        var pieces = new ArrayList<String>();
        client.stream(HELLO, pieces::add);
        assertThat(pieces).containsExactly("whole");
      }
    }

    @Test
    void sendsKeysAndHeadersOfItsOwnAndOfTheCall() throws Exception {
      try (var stub = StubEndpoint.builder().refuse().apiKey("k1").start();
          var client = client(stub.baseUrl()).apiKey("k1").header("X-Team", "red").build()) {
        client.chat(HELLO, Map.of("X-User", "ada", "X-Team", "blue"));
        var request = stub.requests().getFirst();
        assertThat(request.header("X-User")).contains("ada");
        assertThat(request.header("X-Team")).contains("blue");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void takesTheBaseWithAndWithoutASlash(String end) throws Exception {
      try (var stub = StubEndpoint.builder().refuse().start();
          var client = client(URI.create(stub.baseUrl() + end)).build()) {
        client.chat(HELLO);
        assertThat(stub.calls()).isEqualTo(1);
      }
    }

    @Test
    void servesManyAtOnce() throws Exception {
      try (var stub = StubEndpoint.builder().echo().delay(Duration.ofMillis(5)).start();
          var client = client(stub.baseUrl()).build();
          var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var calls = new ArrayList<java.util.concurrent.Future<ChatReply>>();
        for (int i = 0; i < 100; i++) {
          var request = ChatRequest.of(ChatMessage.user("number " + i + "."));
          calls.add(executor.submit(() -> client.chat(request)));
        }
        for (int i = 0; i < 100; i++) {
          assertThat(calls.get(i).get().text()).contains("number " + i + ".");
        }
      }
    }
  }

  @Nested
  class Bad {
    @ParameterizedTest
    @CsvSource({
      "400, does not take the request",
      "401, key is missing or wrong",
      "403, may not do that",
      "404, ends in /v1",
      "418, HTTP 418",
    })
    void namesTheStatus(int status, String words) {
      try (var stub = StubEndpoint.builder().status(status).start();
          var client = client(stub.baseUrl()).build()) {
        var failure = failure(() -> client.chat(HELLO));
        assertThat(failure.kind()).isEqualTo(Kind.STATUS);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure)
            .hasMessageContaining(words)
            .hasMessageContaining("the stub was told to answer " + status)
            .hasMessageStartingWith("http://127.0.0.1:");
        assertThat(stub.calls()).isEqualTo(1);
      }
    }

    @Test
    void doesNotRepeatKeysInMessages() {
      try (var stub = StubEndpoint.builder().refuse().apiKey("right").start();
          var client = client(stub.baseUrl()).apiKey("s3cr3t-key").build()) {
        assertThat(failure(() -> client.chat(HELLO))).message().doesNotContain("s3cr3t");
      }
      assertThatThrownBy(
              () -> OpenAiClient.builder(URI.create("http://h/v1")).apiKey("s3cr3t\nX: y"))
          .isInstanceOf(UsageException.class)
          .message()
          .doesNotContain("s3cr3t");
    }

    @Test
    void triesServerErrorsAgainAtMostTwice() {
      try (var stub = StubEndpoint.builder().html500().start();
          var client = client(stub.baseUrl()).build()) {
        var failure = failure(() -> client.chat(HELLO));
        assertThat(failure.status()).isEqualTo(500);
        assertThat(failure).hasMessageContaining("a web page");
        assertThat(stub.calls()).isEqualTo(3);
        assertThat(client.stats().retries()).isEqualTo(2);
        assertThat(client.stats().failed()).isEqualTo(1);
      }
    }

    @Test
    void getsThereOnTheSecondTry() throws Exception {
      try (var stub =
              StubEndpoint.builder().sequence(StubReply.reset(), StubReply.text("ok")).start();
          var client = client(stub.baseUrl()).build()) {
        assertThat(client.chat(HELLO).text()).isEqualTo("ok");
        assertThat(stub.calls()).isEqualTo(2);
      }
    }

    @Test
    void waitsWhereTheEndpointIsTooBusy() throws Exception {
      try (var stub =
              StubEndpoint.builder()
                  .sequence(StubReply.status(429, Duration.ofSeconds(1)), StubReply.text("ok"))
                  .start();
          var client = client(stub.baseUrl()).build()) {
        long start = System.nanoTime();
        assertThat(client.chat(HELLO).text()).isEqualTo("ok");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isGreaterThan(Duration.ofMillis(900));
      }
    }

    @Test
    void givesUpInAStorm() {
      try (var stub = StubEndpoint.builder().status(429, Duration.ofSeconds(60)).start();
          var client = client(stub.baseUrl()).build()) {
        var failure = failure(() -> client.chat(HELLO));
        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(60));
        assertThat(failure).hasMessageContaining("too many calls, wait 60 s");
        assertThat(stub.calls()).isEqualTo(1);
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "<html><body>Welcome</body></html> | NOT_JSON | a web page instead of JSON",
          "hello | NOT_JSON | it starts with \"hello\"",
          "'' | NOT_JSON | an empty reply",
          "{\"a\":1} | BAD_REPLY | no chat completion",
          "{\"error\":{\"message\":\"no credit\"}} | BAD_REPLY | no credit",
        })
    void namesWhatIsNoCompletion(String body, Kind kind, String words) {
      try (var stub =
              StubEndpoint.builder().always(new StubReply.Raw(200, "text/html", body)).start();
          var client = client(stub.baseUrl()).build()) {
        var failure = failure(() -> client.chat(HELLO));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(words).hasMessageStartingWith("http://");
        assertThat(stub.calls()).isEqualTo(1);
      }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAReplyWithoutEnd(boolean streamed) throws Exception {
      try (var stub = StubEndpoint.builder().endlessStream().start();
          var client = client(stub.baseUrl()).maxReplyBytes(100_000).build()) {
        var failure =
            failure(
                () -> assertThat(streamed ? client.stream(HELLO, _ -> {}) : client.chat(HELLO)));
        assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(failure).hasMessageContaining("larger than 100000 bytes");
        assertThat(stub.awaitDisconnects(1, Duration.ofSeconds(10))).isTrue();
      }
    }

    @Test
    void endsAReplyThatDoesNotBegin() throws Exception {
      try (var stub = StubEndpoint.builder().stall().start();
          var client =
              client(stub.baseUrl())
                  .requestTimeout(Duration.ofMillis(300))
                  .retries(RetryPolicy.NONE)
                  .build()) {
        var failure = failure(() -> client.chat(HELLO));
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("no answer in 0.3 s");
        assertThat(stub.awaitDisconnects(1, Duration.ofSeconds(10))).isTrue();
      }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAReplyThatFallsSilent(boolean streamed) {
      try (var stub = StubEndpoint.builder().always(StubReply.stallAfter("well")).start();
          var client = client(stub.baseUrl()).idleTimeout(Duration.ofMillis(300)).build()) {
        var failure =
            failure(
                () -> assertThat(streamed ? client.stream(HELLO, _ -> {}) : client.chat(HELLO)));
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        // What was streamed can't be taken back; a whole reply is asked for again.
        assertThat(stub.calls()).isEqualTo(streamed ? 1 : 3);
      }
    }

    @Test
    void tellsABrokenStreamFromAWholeOne() {
      try (var stub = StubEndpoint.builder().always(StubReply.resetAfter("half of")).start();
          var client = client(stub.baseUrl()).build()) {
        assertThat(failure(() -> client.stream(HELLO, _ -> {})).kind()).isEqualTo(Kind.RESET);
      }
      var cut = "data: {\"choices\":[{\"delta\":{\"content\":\"half\"}}]}\n\n";
      try (var stub =
              StubEndpoint.builder()
                  .always(new StubReply.Raw(200, "text/event-stream", cut))
                  .start();
          var client = client(stub.baseUrl()).build()) {
        assertThat(failure(() -> client.stream(HELLO, _ -> {})))
            .hasMessageContaining("broke off")
            .extracting(ChatException::kind)
            .isEqualTo(Kind.RESET);
      }
    }

    @Test
    void tellsAShortReplyFromAWholeOne() {
      try (var stub = StubEndpoint.builder().wrongContentLength().start();
          var client = client(stub.baseUrl()).build()) {
        assertThat(failure(() -> client.chat(HELLO)).kind()).isEqualTo(Kind.RESET);
        assertThat(stub.calls()).isEqualTo(3);
      }
    }

    @Test
    void saysWhereNobodyListens() throws IOException {
      int port;
      try (var socket = new ServerSocket(0)) {
        port = socket.getLocalPort();
      }
      try (var client = client(URI.create("http://127.0.0.1:" + port + "/v1")).build()) {
        var failure = failure(() -> client.chat(HELLO));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("connection refused");
      }
    }

    @Test
    void saysWhatDoesNotSpeakHttp() throws Exception {
      try (var socket = new ServerSocket(0);
          var client =
              client(URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1"))
                  .retries(RetryPolicy.NONE)
                  .build()) {
        Thread.ofVirtual()
            .start(() -> {
              try (var peer = socket.accept()) {
                peer.getOutputStream()
                    .write(
                        "220 mail.example ESMTP\r\n"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                peer.getOutputStream().flush();
                peer.getInputStream().readNBytes(1000);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
        assertThat(failure(() -> client.chat(HELLO)).kind()).isIn(Kind.BAD_REPLY, Kind.RESET);
      }
    }

    @Test
    void doesNotFollowRedirects() {
      try (var stub = StubEndpoint.builder().status(302).start();
          var client = client(stub.baseUrl()).build()) {
        assertThat(failure(() -> client.chat(HELLO))).hasMessageContaining("redirects");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h/v1", "h:80/v1", "http:///v1", "/v1"})
    void refusesWhatIsNoAddress(String address) {
      assertThatThrownBy(() -> OpenAiClient.builder(URI.create(address)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("http://host:port/v1");
    }
  }

  @Nested
  class GivingUp {
    @Test
    void interruptingEndsTheCall() throws Exception {
      try (var stub = StubEndpoint.builder().stall().start();
          var client = client(stub.baseUrl()).build();
          var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var call = executor.submit(() -> client.chat(HELLO));
        while (stub.calls() == 0) {
          Thread.onSpinWait();
        }
        call.cancel(true);
        assertThat(stub.awaitDisconnects(1, Duration.ofSeconds(10))).isTrue();
      }
    }

    @Test
    void interruptingEndsAStream() throws Exception {
      try (var stub = StubEndpoint.builder().always(StubReply.stallAfter("well")).start();
          var client = client(stub.baseUrl()).build();
          var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var call =
            executor.submit(() -> client.stream(HELLO, _ -> Thread.currentThread().interrupt()));
        assertThatThrownBy(call::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(InterruptedException.class);
      }
    }

    @Test
    void aConsumerThatFailsEndsTheStream() throws Exception {
      try (var stub = StubEndpoint.builder().endlessStream().start();
          var client = client(stub.baseUrl()).build()) {
        assertThatThrownBy(() ->
                client.stream(
                    HELLO,
                    _ -> {
                      throw new IllegalStateException("enough");
                    }))
            .hasMessage("enough");
        assertThat(stub.awaitDisconnects(1, Duration.ofSeconds(10))).isTrue();
      }
    }
  }

  @Test
  void keepsThePace() throws Exception {
    try (var stub = StubEndpoint.builder().refuse().start();
        var client = client(stub.baseUrl()).callsPerSecond(20).build()) {
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        client.chat(HELLO);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(195));
    }
  }
}
