package dev.redoubt.runtime.target;

import static dev.redoubt.runtime.target.Bench.client;
import static dev.redoubt.runtime.target.Bench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.runtime.llm.TokenUsage;
import dev.redoubt.runtime.llm.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ModelApiTargetTest {
  private static JsonNode body(RawServer server, int request) {
    return Json.read(server.requests().get(request).body());
  }

  private static Say warm(String text) {
    return new Say(text, Map.of(), null, 0.5, 7, 50);
  }

  @Nested
  class Anthropic {
    private static final String MESSAGE =
        """
        {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x", \
        "content": [{"type": "text", "text": "Let me look."}, \
        {"type": "tool_use", "id": "toolu_1", "name": "refund", "input": {"amount": 20}}], \
        "stop_reason": "tool_use", "stop_sequence": null, \
        "usage": {"input_tokens": 10, "cache_read_input_tokens": 5, "output_tokens": 4}}\
        """;

    @Test
    void talks() throws Exception {
      try (var server = RawServer.of(RawServer.json(MESSAGE));
          var client =
              client(
                  "url: '"
                      + server.url()
                      + "', protocol: anthropic, model: claude, headers: {x-api-key: k}, price:"
                      + " {inputPerMillion: 3, outputPerMillion: 15, currency: USD}");
          var talk = client.begin(List.of())) {
        var reply = talk.say(warm("hello"));
        assertThat(reply.text()).isEqualTo("Let me look.");
        assertThat(reply.toolCalls())
            .containsExactly(new ToolCall("toolu_1", "refund", "{\"amount\":20}"));
        assertThat(reply.finishReason()).isEqualTo("tool_use");
        assertThat(reply.model()).isEqualTo("claude-x");
        assertThat(reply.usage()).isEqualTo(new TokenUsage(15, 4));
        assertThat(reply.cost()).isCloseTo(0.000105, within(1e-12));
        talk.say(Say.of("more"));
        var first = server.requests().getFirst();
        assertThat(first.path()).isEqualTo("/v1/messages");
        assertThat(first.has("x-api-key: k")).isTrue();
        assertThat(first.has("anthropic-version: 2023-06-01")).isTrue();
        assertThat(body(server, 0).toString())
            .isEqualTo(
                "{\"model\":\"claude\",\"max_tokens\":50,"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
        assertThat(body(server, 1).path("messages")).hasSize(3);
        assertThat(body(server, 1).path("max_tokens").asInt()).isEqualTo(1024);
      }
    }

    @Test
    void readsAStream() throws Exception {
      var events =
          """
          event: message_start
          data: {"type":"message_start","message":{"model":"c","content":[],"usage":{"input_tokens":9,"output_tokens":1}}}

          event: ping
          data: {"type":"ping"}

          data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

          data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi "}}

          data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"there"}}

          data: {"type":"content_block_stop","index":0}

          data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"refund","input":{}}}

          data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":"}}

          data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"1}"}}

          data: {"type":"content_block_stop","index":1}

          data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}

          data: {"type":"message_stop"}

          """;
      try (var server = RawServer.of(RawServer.head("text/event-stream") + events).closing();
          var client =
              client("url: '" + server.url() + "/v1', protocol: anthropic, stream: true")) {
        var reply = client.begin(List.of()).say(Say.of("hello"));
        assertThat(reply.text()).isEqualTo("Hi there");
        assertThat(reply.toolCalls()).containsExactly(new ToolCall("t1", "refund", "{\"a\":1}"));
        assertThat(reply.usage()).isEqualTo(new TokenUsage(9, 15));
        assertThat(reply.finishReason()).isEqualTo("end_turn");
        assertThat(server.requests().getFirst().path()).isEqualTo("/v1/messages");
        assertThat(body(server, 0).path("stream").asBoolean()).isTrue();
      }
    }
  }

  @Nested
  class Responses {
    private static final String RESPONSE =
        """
        {"id": "resp_1", "object": "response", "status": "completed", "error": null, \
        "model": "gpt-x", "output": [{"type": "reasoning", "summary": []}, \
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Hi", \
        "annotations": []}]}, {"type": "function_call", "call_id": "c1", "name": "refund", \
        "arguments": "{\\"a\\": 1}"}], "usage": {"input_tokens": 3, "output_tokens": 2}}\
        """;

    @Test
    void talks() throws Exception {
      try (var server = RawServer.of(RawServer.json(RESPONSE));
          var client =
              client("url: '" + server.url() + "/v1', protocol: openai-responses, sampling: true");
          var talk = client.begin(List.of(Turn.user("a"), Turn.assistant("b")))) {
        var reply = talk.say(warm("hello"));
        assertThat(reply.text()).isEqualTo("Hi");
        assertThat(reply.toolCalls()).containsExactly(new ToolCall("c1", "refund", "{\"a\": 1}"));
        assertThat(reply.usage()).isEqualTo(new TokenUsage(3, 2));
        assertThat(reply.finishReason()).isEqualTo("completed");
        assertThat(server.requests().getFirst().path()).isEqualTo("/v1/responses");
        assertThat(body(server, 0).path("input")).hasSize(3);
        assertThat(body(server, 0).path("max_output_tokens").asInt()).isEqualTo(50);
        assertThat(body(server, 0).path("store").asBoolean(true)).isFalse();
      }
    }

    @Test
    void readsAStream() throws Exception {
      var events =
          "data: {\"type\":\"response.output_text.delta\",\"delta\":\"H\"}\n\n"
              + "data: {\"type\":\"response.completed\",\"response\":"
              + RESPONSE
              + "}\n\n";
      try (var server = RawServer.of(RawServer.head("text/event-stream") + events).closing();
          var client =
              client("url: '" + server.url() + "/v1', protocol: openai-responses, stream: true")) {
        assertThat(client.begin(List.of()).say(Say.of("a")).text()).isEqualTo("Hi");
      }
    }

    @Test
    void namesAFailureInside() {
      var failed =
          "{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"no\"},"
              + "\"output\":[]}";
      try (var server = RawServer.of(RawServer.json(failed));
          var client = client("url: '" + server.url() + "/v1', protocol: openai-responses")) {
        var failure = failure(() -> client.begin(List.of()).say(Say.of("a")));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_REPLY);
        assertThat(failure).hasMessageContaining("the target says: no");
      }
    }
  }

  @Nested
  class Completions {
    private static final String COMPLETION =
        "{\"object\":\"text_completion\",\"model\":\"m\",\"choices\":[{\"text\":\" world\","
            + "\"index\":0,\"finish_reason\":\"length\"}],"
            + "\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":1}}";

    @Test
    void goesOnWithAText() throws Exception {
      try (var server = RawServer.of(RawServer.json(COMPLETION));
          var client =
              client("url: '" + server.url() + "/v1', protocol: openai-completions, model: m");
          var talk = client.begin(List.of())) {
        var reply = talk.say(warm("hello"));
        assertThat(reply.text()).isEqualTo(" world");
        assertThat(reply.finishReason()).isEqualTo("length");
        assertThat(reply.usage()).isEqualTo(new TokenUsage(2, 1));
        talk.say(Say.of("and now"));
        assertThat(body(server, 0).path("prompt").stringValue()).isEqualTo("hello");
        assertThat(body(server, 0).path("seed").asInt()).isEqualTo(7);
        assertThat(body(server, 1).path("prompt").stringValue())
            .isEqualTo("User: hello\n\nAssistant: world\n\nUser: and now\n\nAssistant:");
      }
    }
  }

  @Nested
  class Ollama {
    @Test
    void talks() throws Exception {
      var reply =
          "{\"model\":\"q\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\",\"tool_calls\":"
              + "[{\"function\":{\"name\":\"refund\",\"arguments\":{\"a\":1}}}]},\"done\":true,"
              + "\"done_reason\":\"stop\",\"prompt_eval_count\":11,\"eval_count\":2}";
      try (var server = RawServer.of(RawServer.json(reply));
          var client = client("url: '" + server.url() + "', protocol: ollama, model: q")) {
        var said = client.begin(List.of()).say(warm("hello"));
        assertThat(said.text()).isEqualTo("Hi");
        assertThat(said.toolCalls()).containsExactly(new ToolCall("call_0", "refund", "{\"a\":1}"));
        assertThat(said.usage()).isEqualTo(new TokenUsage(11, 2));
        assertThat(server.requests().getFirst().path()).isEqualTo("/api/chat");
        assertThat(body(server, 0).path("stream").asBoolean(true)).isFalse();
        assertThat(body(server, 0).path("options").toString())
            .isEqualTo("{\"temperature\":0.5,\"seed\":7,\"num_predict\":50}");
      }
    }

    @Test
    void readsAStream() throws Exception {
      var lines =
          "{\"message\":{\"content\":\"Hi \"},\"done\":false}\n"
              + "{\"message\":{\"content\":\"there\"},\"done\":false}\n"
              + "{\"message\":{\"content\":\"\"},\"done\":true,\"eval_count\":2}\n";
      try (var server = RawServer.of(RawServer.head("application/x-ndjson") + lines).closing();
          var client = client("url: '" + server.url() + "/api', protocol: ollama, stream: true")) {
        assertThat(client.begin(List.of()).say(Say.of("a")).text()).isEqualTo("Hi there");
        assertThat(server.requests().getFirst().path()).isEqualTo("/api/chat");
      }
    }

    @Test
    void tellsABrokenStreamFromAWholeOne() {
      var lines = "{\"message\":{\"content\":\"Hi \"},\"done\":false}\n";
      try (var server = RawServer.of(RawServer.head("application/x-ndjson") + lines).closing();
          var client = client("url: '" + server.url() + "', protocol: ollama, stream: true")) {
        assertThat(failure(() -> client.begin(List.of()).say(Say.of("a"))).kind())
            .isEqualTo(Kind.RESET);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"anthropic", "openai-responses", "openai-completions", "ollama"})
  void takesAnErrorInsideASuccessForAFailure(String protocol) {
    try (var server = RawServer.of(RawServer.json("{\"error\": {\"message\": \"overloaded\"}}"));
        var client = client("url: '" + server.url() + "', protocol: " + protocol)) {
      var talk = client.begin(List.of());
      var failure = failure(() -> talk.say(Say.of("a")));
      assertThat(failure.kind()).isEqualTo(Kind.BAD_REPLY);
      assertThat(failure).hasMessageContaining("the target says: overloaded");
      assertThat(failure(() -> talk.say(Say.of("b"))).kind()).isEqualTo(Kind.BAD_REPLY);
      assertThat(server.requests().getLast().body())
          .as("what failed was not said")
          .doesNotContain("\"a\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"anthropic", "openai-responses", "openai-completions", "ollama", "openai-chat"})
  void namesJsonOfAnotherShape(String protocol) {
    try (var server = RawServer.of(RawServer.json("{\"hello\": 1}"));
        var client = client("url: '" + server.url() + "', protocol: " + protocol)) {
      assertThat(failure(() -> client.begin(List.of()).say(Say.of("a"))).kind())
          .isEqualTo(Kind.BAD_REPLY);
    }
  }
}
