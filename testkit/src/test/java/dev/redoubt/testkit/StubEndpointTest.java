package dev.redoubt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class StubEndpointTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static HttpRequest.Builder request(StubEndpoint stub, boolean stream) {
    return HttpRequest.newBuilder(URI.create(stub.baseUrl() + "/chat/completions"))
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"stream\":"
                    + stream
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"What is new, 🙂?\"}]}"));
  }

  private static HttpResponse<String> send(StubEndpoint stub, boolean stream)
      throws IOException, InterruptedException {
    return CLIENT.send(request(stub, stream).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String content(HttpResponse<String> response) {
    return JsonMapper.shared()
        .readTree(response.body())
        .path("choices")
        .path(0)
        .path("message")
        .path("content")
        .asString("");
  }

  private static String streamed(HttpResponse<String> response) {
    var text = new StringBuilder();
    for (var line : response.body().lines().toList()) {
      if (line.startsWith("data: {")) {
        var delta = JsonMapper.shared().readTree(line.substring(6)).path("choices").path(0);
        text.append(delta.path("delta").path("content").asString(""));
      }
    }
    return text.toString();
  }

  @Nested
  class Behaviours {
    @Test
    void echoesWholeAndStreamed() throws Exception {
      try (var stub = StubEndpoint.builder().echo().pieceLength(1).start()) {
        assertThat(content(send(stub, false))).isEqualTo("What is new, 🙂?");
        var events = send(stub, true);
        assertThat(streamed(events)).isEqualTo("What is new, 🙂?");
        assertThat(events.body()).endsWith("data: [DONE]\n\n");
        assertThat(stub.calls()).isEqualTo(2);
        assertThat(stub.requests()).extracting(StubRequest::stream).containsExactly(false, true);
      }
    }

    @Test
    void refuses() throws Exception {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        assertThat(content(send(stub, false))).startsWith("I'm sorry");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "PLAIN, Ab1-xy",
      "SPACED, A b 1 - x y",
      "UPPER, AB1-XY",
      "BASE64, QWIxLXh5",
      "HEX, 4162312d7879",
      "ROT13, No1-kl",
      "REVERSED, yx-1bA",
      "SPELLED_OUT, A-b-1---x-y",
      "HALF, Ab1"
    })
    void leaksInDisguise(Encoding encoding, String disguised) throws Exception {
      try (var stub = StubEndpoint.builder().leak("Ab1-xy", encoding).start()) {
        assertThat(content(send(stub, false))).contains(" " + disguised + " ");
      }
    }

    @Test
    void asksForTools() throws Exception {
      try (var stub = StubEndpoint.builder().toolCall("refund", "{\"amount\":900}").start()) {
        var choice = JsonMapper.shared().readTree(send(stub, false).body()).path("choices").path(0);
        assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
        var function = choice.path("message").path("tool_calls").path(0).path("function");
        assertThat(function.path("arguments").asString()).isEqualTo("{\"amount\":900}");
        assertThat(send(stub, true).body()).contains("\"name\":\"refund\"", "\"tool_calls\"");
      }
    }

    @Test
    void asksForAKey() throws Exception {
      try (var stub = StubEndpoint.builder().apiKey("k1").start()) {
        assertThat(send(stub, false).statusCode()).isEqualTo(401);
        var request = request(stub, false).header("Authorization", "Bearer k1").build();
        assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Nested
  class Failures {
    @Test
    void failsInHtmlAndInJson() throws Exception {
      var status = StubReply.status(429, Duration.ofSeconds(3));
      try (var stub = StubEndpoint.builder().sequence(StubReply.html(500), status).start()) {
        var html = send(stub, false);
        assertThat(html.statusCode()).isEqualTo(500);
        assertThat(html.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        for (int i = 0; i < 2; i++) {
          var limited = send(stub, false);
          assertThat(limited.statusCode()).isEqualTo(429);
          assertThat(limited.headers().firstValue("retry-after")).hasValue("3");
        }
      }
    }

    @Test
    void breaksConnections() throws Exception {
      var replies = new StubReply[] {StubReply.reset(), StubReply.wrongContentLength()};
      for (var reply : replies) {
        try (var stub = StubEndpoint.builder().always(reply).start()) {
          assertThatThrownBy(() -> send(stub, false)).isInstanceOf(IOException.class);
        }
      }
    }

    @Test
    void stallsUntilTheClientLeaves() throws Exception {
      try (var stub = StubEndpoint.builder().stall().start()) {
        var request = request(stub, false).timeout(Duration.ofMillis(50)).build();
        assertThatThrownBy(() -> CLIENT.send(request, HttpResponse.BodyHandlers.ofString()))
            .isInstanceOf(IOException.class);
        assertThat(stub.awaitDisconnects(1, Duration.ofSeconds(10))).isTrue();
      }
    }

    @Test
    void streamsWithoutEnd() throws Exception {
      try (var stub = StubEndpoint.builder().endlessStream().start()) {
        for (var stream : List.of(false, true)) {
          var response =
              CLIENT.send(request(stub, stream).build(), HttpResponse.BodyHandlers.ofInputStream());
          try (var in = response.body()) {
            assertThat(in.readNBytes(50_000)).hasSize(50_000);
          }
        }
        assertThat(stub.awaitDisconnects(2, Duration.ofSeconds(10))).isTrue();
      }
    }
  }

  @Test
  void servesManyAtATime() throws Exception {
    try (var stub = StubEndpoint.builder().delay(Duration.ofMillis(50)).start()) {
      var calls = new ArrayList<CompletableFuture<Integer>>();
      for (int i = 0; i < 64; i++) {
        calls.add(
            CLIENT
                .sendAsync(request(stub, false).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode));
      }
      for (var call : calls) {
        assertThat(call.get()).isEqualTo(200);
      }
      assertThat(stub.calls()).isEqualTo(64);
      assertThat(stub.mostInFlight()).isGreaterThan(1);
    }
  }

  @Test
  void comesBackOnItsPort() throws Exception {
    var first = StubEndpoint.builder().start();
    int port = first.port();
    send(first, false);
    first.close();
    try (var second = StubEndpoint.builder().reply("again").port(port).start()) {
      assertThat(content(send(second, false))).isEqualTo("again");
    }
  }

  @Test
  void theSinkWritesDownWhoCalls() throws Exception {
    try (var sink = SinkServer.start()) {
      var request = HttpRequest.newBuilder(URI.create(sink.url() + "/a.png?d=x")).build();
      assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThat(sink.awaitHits(1, Duration.ofSeconds(5))).isTrue();
      assertThat(sink.hits().getFirst().target()).isEqualTo("/a.png?d=x");
    }
  }
}
