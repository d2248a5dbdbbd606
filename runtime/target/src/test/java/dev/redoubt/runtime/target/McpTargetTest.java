package dev.redoubt.runtime.target;

import static dev.redoubt.runtime.target.Bench.PATIENT;
import static dev.redoubt.runtime.target.Bench.client;
import static dev.redoubt.runtime.target.Bench.endpoint;
import static dev.redoubt.runtime.target.Bench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpTargetTest {
  @Nested
  class OverStandardStreams {
    private static TargetClient open(String lie, String keys, TargetSettings settings)
        throws URISyntaxException {
      var script = Path.of(McpTargetTest.class.getResource("server.py").toURI());
      return TargetClient.of(
          endpoint(
              "protocol: mcp, mcp: {command: [python3, server.py, '" + lie + "']" + keys + "}"),
          script.getParent(),
          settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "modern"})
    void callsTheTool(String lie) throws Exception {
      try (var client = open(lie, ", arguments: {lang: 'en {{identity}}'}", PATIENT);
          var first = client.begin(List.of());
          var second = client.begin(List.of())) {
        assertThat(first.say(Say.of("a").by("ann", java.util.Map.of())).text())
            .isEqualTo("1: a en ann");
        assertThat(failure(() -> first.say(Say.of("fail"))))
            .hasMessageContaining("the tool failed: out of stock");
        assertThat(first.say(Say.of("b")).text()).as("the session goes on").isEqualTo("3: b en");
        assertThat(second.say(Say.of("c")).text()).as("a process of its own").isEqualTo("1: c en");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "garbage, NOT_JSON, no JSON (it starts with",
      "dies, RESET, ended (exit 3); it last said: ImportError: no module named shop",
      "version, BAD_REPLY, speaks revision '1999-01-01' of MCP",
      "many, BAD_REQUEST, 'has 2 tools: name one as mcp.tool (ask, other)'",
    })
    void namesAServerThatDoesNotGetSoFar(String lie, Kind kind, String words) throws Exception {
      try (var client = open(lie, "", PATIENT)) {
        var failure = failure(() -> client.begin(List.of()).say(Say.of("a")));
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(words);
      }
    }

    @ParameterizedTest
    @CsvSource({"die, RESET", "flood, TOO_LARGE", "slow, TIMEOUT"})
    void namesAToolThatLies(String question, Kind kind) throws Exception {
      var settings = PATIENT.withTimeout(Duration.ofSeconds(question.equals("slow") ? 2 : 20));
      try (var client = open("", "", settings);
          var talk = client.begin(List.of())) {
        assertThat(failure(() -> talk.say(Say.of(question))).kind()).isEqualTo(kind);
        assertThat(talk.say(Say.of("a")).text()).as("a new server").isEqualTo("1: a");
        assertThat(failure(() -> talk.say(Say.of(question))).kind()).isEqualTo(kind);
        assertThat(failure(() -> talk.say(Say.of("b"))).kind()).isEqualTo(Kind.CLOSED);
      }
    }

    @Test
    void namesACommandThatIsNotThere() {
      try (var client = client("protocol: mcp, mcp: {command: [no-such-server]}")) {
        var failure = failure(() -> client.begin(List.of()).say(Say.of("a")));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("can't be started");
      }
    }
  }

  @Nested
  class OverHttp {
    private static final String TOOLS =
        "{\"tools\":[{\"name\":\"ask\",\"inputSchema\":{\"properties\":{\"q\":{\"type\":\"string\"}}}},"
            + "{\"name\":\"other\",\"inputSchema\":{\"properties\":{}}}]}";

    /** Answers as a server with sessions does; a call is answered as a stream. */
    private static RawServer server(boolean modern) {
      return new RawServer((request, out) -> {
        var message = request.body().isEmpty() ? Json.object() : Json.read(request.body());
        var id = message.path("id");
        switch (message.path("method").asString("")) {
          case "initialize" -> {
            if (modern) {
              RawServer.send(out, "HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n");
            } else {
              RawServer.send(
                  out,
                  RawServer.json(
                      "{\"jsonrpc\":\"2.0\",\"id\":"
                          + id
                          + ",\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}}",
                      "Mcp-Session-Id: s" + request.number() + "\r\n"));
            }
          }
          case "notifications/initialized", "" ->
              RawServer.send(out, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
          case "tools/list" -> result(out, id.toString(), TOOLS);
          case "tools/call" -> call(out, id.toString(), message.path("params").toString());
          default -> result(out, id.toString(), "{}");
        }
      });
    }

    private static void result(OutputStream out, String id, String result) throws IOException {
      RawServer.send(
          out, RawServer.json("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}"));
    }

    private static void call(OutputStream out, String id, String params) throws IOException {
      var text = Json.read(params).path("arguments").path("q").stringValue();
      var answer = Json.object().put("jsonrpc", "2.0").put("id", Integer.parseInt(id));
      answer
          .putObject("result")
          .putArray("content")
          .addObject()
          .put("type", "text")
          .put("text", "heard " + text);
      var events =
          "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
              + "data: {\"jsonrpc\":\"2.0\",\"id\":9999,\"result\":{}}\n\n"
              + (text.equals("cut") ? "" : "data: " + answer + "\n\n");
      RawServer.send(out, RawServer.json(events).replace("application/json", "text/event-stream"));
    }

    private static TargetClient open(RawServer server) {
      return client("url: '" + server.url() + "/mcp', protocol: mcp, mcp: {tool: ask}");
    }

    @Test
    void keepsASession() throws Exception {
      try (var server = server(false);
          var client = open(server)) {
        try (var talk = client.begin(List.of())) {
          assertThat(talk.say(Say.of("a")).text()).isEqualTo("heard a");
          assertThat(talk.say(Say.of("b")).text()).isEqualTo("heard b");
        }
        var call = server.requests().get(3);
        assertThat(call.has("mcp-session-id: s0")).isTrue();
        assertThat(call.has("mcp-protocol-version: 2025-06-18")).isTrue();
        assertThat(server.requests().get(0).has("mcp-session-id")).isFalse();
      }
    }

    @Test
    void speaksToServersWithoutAHandshake() throws Exception {
      try (var server = server(true);
          var client = open(server);
          var talk = client.begin(List.of())) {
        assertThat(talk.say(Say.of("a")).text()).isEqualTo("heard a");
        var call = server.requests().getLast();
        assertThat(call.has("mcp-protocol-version: 2026-07-28")).isTrue();
        assertThat(call.has("mcp-method: tools/call")).isTrue();
        assertThat(call.has("mcp-name: ask")).isTrue();
        assertThat(call.body()).contains("io.modelcontextprotocol/protocolVersion");
      }
    }

    @Test
    void namesAStreamThatBreaksOff() throws Exception {
      try (var server = server(false);
          var client = open(server);
          var talk = client.begin(List.of())) {
        assertThat(failure(() -> talk.say(Say.of("cut"))).kind()).isEqualTo(Kind.RESET);
        assertThat(talk.say(Say.of("a")).text()).isEqualTo("heard a");
      }
    }

    @Test
    void namesAKeyThatIsMissing() {
      try (var server = RawServer.of("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
          var client = open(server)) {
        ChatException failure = failure(() -> client.begin(List.of()).say(Say.of("a")));
        assertThat(failure.status()).isEqualTo(401);
        assertThat(server.requests()).hasSize(1);
      }
    }
  }
}
