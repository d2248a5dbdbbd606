package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.GuardEvent;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.testkit.Encoding;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassingTest {
  private static Rig open(StubEndpoint.Builder stub) {
    return new Rig(Policy.EMPTY, Place.BOTH, stub);
  }

  private static StubEndpoint.Builder stub() {
    return StubEndpoint.builder();
  }

  @Nested
  class WithoutRules {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void passesAnAnswer(boolean stream) throws Exception {
      try (var rig = open(stub().echo())) {
        var answer = rig.ask(stream, "Grüße – ¿qué tal? 你好 🙂", "Authorization", "Bearer key");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.streamed()).isEqualTo(stream);
        assertThat(answer.content()).isEqualTo("Grüße – ¿qué tal? 你好 🙂");
        assertThat(answer.guardHeader()).isEmpty();
        assertThat(rig.stub.requests().getFirst().header("authorization")).hasValue("Bearer key");
      }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void passesToolCalls(boolean stream) throws Exception {
      try (var rig = open(stub().toolCall("refund", "{\"amount\":900}"))) {
        assertThat(String.join("", rig.ask(stream, "Refund me").calls()))
            .isEqualTo("refund{\"amount\":900}");
      }
    }

    @Test
    void keepsFieldsThatItDoesNotKnow() throws Exception {
      try (var rig = open(stub())) {
        rig.send("{\"messages\":[],\"x\":{\"y\":[1.10,1e400,12345678901234567890]},\"n\":null}");
        assertThat(rig.stub.requests().getFirst().body())
            .contains("\"x\":{\"y\":[1.10,1E+400,12345678901234567890]}");
      }
    }

    @Test
    void answersClientsThatOfferAnotherProtocol() throws Exception {
      try (var rig = open(stub());
          var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
        var request =
            HttpRequest.newBuilder(URI.create(rig.gateway.baseUrl() + "/chat/completions"))
                .POST(
                    HttpRequest.BodyPublishers.ofString(Rig.body(false, Rig.message("user", "x"))))
                .build();
        for (int i = 0; i < 2; i++) {
          var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(answer.body()).contains("Hello.");
        }
      }
    }

    @Test
    void passesTheListOfModels() throws Exception {
      try (var rig = open(stub().model("acme"))) {
        assertThat(rig.call("GET", "/v1/models", "").http().body()).contains("\"acme\"");
      }
    }
  }

  @Nested
  class Failures {
    @Test
    void passesAnErrorWithItsStatusAndRetryAfter() throws Exception {
      try (var rig = open(stub().status(429, Duration.ofSeconds(7)))) {
        var answer = rig.ask(false, "Hi");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.http().headers().firstValue("Retry-After")).hasValue("7");
      }
    }

    @Test
    void passesHtmlWithStatus500() throws Exception {
      try (var rig = open(stub().html500())) {
        var answer = rig.ask(false, "Hi");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.http().body()).contains("<html>");
      }
    }

    @Test
    void saysThatTheUpstreamIsUnreachable() throws Exception {
      try (var rig = open(stub())) {
        rig.stub.close();
        var answer = rig.ask(false, "Hi");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().path("error").path("message").asString(""))
            .contains("could not be reached");
      }
    }

    @Test
    void saysThatTheUpstreamResetTheConnection() throws Exception {
      try (var rig = open(stub().reset())) {
        assertThat(rig.ask(false, "Hi").status()).isEqualTo(502);
      }
    }

    @Test
    void saysThatTheReplyWasShorterThanAnnounced() throws Exception {
      try (var rig = open(stub().wrongContentLength())) {
        assertThat(rig.ask(false, "Hi").status()).isEqualTo(502);
      }
    }

    @Test
    void ofTheGatewayItselfPassNothing() throws Exception {
      Consumer<GuardEvent> broken =
          event -> {
            throw new IllegalStateException("private words");
          };
      try (var stub = stub().start();
          var gateway =
              Gateway.start(
                  GatewayConfig.onLoopback(
                      Guard.of(Policy.EMPTY), stub.baseUrl(), Place.BOTH, broken));
          var client = HttpClient.newHttpClient()) {
        var request =
            HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(Rig.body(false)))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("nothing was passed on").doesNotContain("private");
        assertThat(stub.calls()).isZero();
      }
    }

    @Test
    void saysThatTheUpstreamFellSilent() throws Exception {
      var limits =
          new GatewayLimits(1 << 20, 1 << 20, Duration.ofSeconds(1), Duration.ofMillis(100));
      try (var rig = new Rig(Policy.EMPTY, Place.BOTH, stub().stall(), limits)) {
        assertThat(rig.ask(false, "Hi").status()).isEqualTo(504);
      }
    }

    @Test
    void triesAKeptConnectionThatDiedOnceMore() throws Exception {
      try (var rig = open(stub().sequence(StubReply.text("one"), StubReply.text("two")))) {
        assertThat(rig.ask(false, "Hi").content()).isEqualTo("one");
        int port = rig.stub.port();
        rig.stub.close();
        try (var again = stub().reply("two").port(port).start()) {
          assertThat(rig.ask(false, "Hi").content()).isEqualTo("two");
          assertThat(again.calls()).isEqualTo(1);
        }
      }
    }
  }

  @Nested
  class Clients {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoLeavesCancelsTheUpstream(boolean stream) throws Exception {
      try (var rig = open(stub().stall())) {
        try (var socket = connect(rig)) {
          write(socket, Rig.body(stream, Rig.message("user", "Hi")));
          while (rig.stub.calls() == 0) {
            Thread.onSpinWait();
          }
        }
        assertThat(rig.stub.awaitDisconnects(1, Duration.ofSeconds(10))).isTrue();
      }
    }

    @Test
    void whoLeavesAnEndlessStreamCancelsIt() throws Exception {
      try (var rig = open(stub().endlessStream())) {
        try (var socket = connect(rig)) {
          write(socket, Rig.body(true, Rig.message("user", "Hi")));
          assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
        }
        assertThat(rig.stub.awaitDisconnects(1, Duration.ofSeconds(10))).isTrue();
      }
    }

    private static Socket connect(Rig rig) throws IOException {
      return new Socket(InetAddress.getLoopbackAddress(), rig.gateway.baseUrl().getPort());
    }

    private static void write(Socket socket, String body) throws IOException {
      var request =
          "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Nested
  class Requests {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{",
          "[]",
          "{\"messages\":[]} {}",
          "{\"messages\":[],\"messages\":[]}",
          "{\"messages\":7}",
          "{\"messages\":[7]}",
          "{\"messages\":[{\"role\":\"wizard\",\"content\":\"x\"}]}",
          "{\"messages\":[{\"role\":\"user\",\"content\":{\"a\":1}}]}",
          "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]}",
          "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\"}]}]}",
          "{\"messages\":[],\"stream\":\"true\"}",
          "{\"prompt\":\"x\"}"
        })
    void thatCannotBeReadAreNotForwarded(String body) throws Exception {
      try (var rig = open(stub())) {
        var answer = rig.send(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("type").asString(""))
            .isEqualTo("invalid_request_error");
        assertThat(rig.stub.calls()).isZero();
      }
    }

    @Test
    void thatAreTooLongAreRefused() throws Exception {
      var limits = new GatewayLimits(1000, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(5));
      try (var rig = new Rig(Policy.EMPTY, Place.BOTH, stub(), limits)) {
        var answer = rig.ask(false, "x".repeat(1001));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("error").path("code").asInt()).isEqualTo(413);
        assertThat(rig.ask(false, "x").status()).isEqualTo(200);
      }
    }

    @Test
    void thatAreCompressedAreRefused() throws Exception {
      try (var rig = open(stub())) {
        assertThat(rig.send("{\"messages\":[]}", "Content-Encoding", "gzip").status())
            .isBetween(400, 415);
        assertThat(rig.stub.calls()).isZero();
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/v1/chat%2Fcompletions",
          "/v1//chat/completions",
          "/v1/models/../chat/completions",
          "/v1/./chat/completions",
          "/v1/chat/completions;x"
        })
    void withAPathOfSeveralMeaningsAreRefused(String path) throws Exception {
      try (var rig = open(stub())) {
        assertThat(rig.call("POST", path, "{\"prompt\":1}").status()).isEqualTo(400);
        assertThat(rig.stub.calls() + rig.stub.otherCalls()).isZero();
      }
    }

    @Test
    void areCheckedUnderEveryNameOfAChatCompletion() throws Exception {
      var rules = "rules: [{id: s, scanner: secret-leak, action: block}]";
      try (var rig =
          new Rig(rules, Place.FRONT, stub().leak("api_key=q8Zt41LmXw9", Encoding.PLAIN))) {
        for (var path : new String[] {"/v1/Chat/Completions", "/v1/chat/completions/"}) {
          assertThat(rig.call("POST", path, "{\"prompt\":1}").status()).isEqualTo(400);
        }
      }
    }

    @Test
    void toUncheckedWaysOfTalkingAreRefusedWhileThereAreRules() throws Exception {
      var rules = "rules: [{id: s, scanner: secret-leak, action: block}]";
      try (var rig = new Rig(rules, Place.FRONT, stub())) {
        var answer = rig.call("POST", "/v1/responses", "{\"input\":\"x\"}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.guardHeader()).isEqualTo("blocked; rule=unchecked-endpoint");
        assertThat(rig.lastEvent().scannersNotRun()).hasSize(1);
        assertThat(rig.stub.otherCalls()).isZero();
      }
      try (var rig = open(stub())) {
        rig.call("POST", "/v1/responses", "{\"input\":\"x\"}");
        assertThat(rig.stub.otherCalls()).isEqualTo(1);
      }
    }

    @Test
    void outsideOfTheApiPassBeforeAnAssistantOnly() throws Exception {
      try (var rig = new Rig(Policy.EMPTY, Place.FRONT, stub())) {
        rig.call("POST", "/login", "{}");
        assertThat(rig.stub.otherCalls()).isEqualTo(1);
      }
      try (var rig = new Rig(Policy.EMPTY, Place.BACK, stub())) {
        assertThat(rig.call("POST", "/api/chat", "{}").status()).isEqualTo(404);
        assertThat(rig.stub.otherCalls()).isZero();
      }
    }
  }

  @Nested
  class Starting {
    @Test
    void saysThatThePortIsInUse() throws Exception {
      try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        var config =
            new GatewayConfig(
                Guard.of(Policy.EMPTY),
                URI.create("http://127.0.0.1:1/v1"),
                Place.BOTH,
                GatewayConfig.LOOPBACK,
                taken.getLocalPort(),
                event -> {});
        assertThatThrownBy(() -> Gateway.start(config))
            .isInstanceOf(TargetUnreachableException.class)
            .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
            .hasMessageContaining("choose another");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/v1", "/v1", "http://user:key@x/v1", "http://x/v1?a=b"})
    void refusesAnUpstreamThatIsNoBase(String upstream) {
      var guard = Guard.of(Policy.EMPTY);
      var url = URI.create(upstream);
      assertThatThrownBy(() -> GatewayConfig.onLoopback(guard, url, Place.BOTH, event -> {}))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("upstream: ");
    }
  }
}
