package dev.redoubt.runtime.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiJsonTest {
  private static final ReplyHead HEAD = new ReplyHead("chatcmpl-1", 1_800_000_000, "m");

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static OpenAiJson.Incoming read(String body) {
    return OpenAiJson.readRequest(utf8(body));
  }

  @Nested
  class Requests {
    @Test
    void comeBackAsTheyWereWritten() {
      var request =
          new ChatRequest(
              "m",
              List.of(
                  ChatMessage.system("be kind"),
                  ChatMessage.user("hällo \"you\"\n"),
                  ChatMessage.assistant(null, List.of(new ToolCall("c1", "f", "{\"a\":1}"))),
                  ChatMessage.tool("c1", "42")),
              List.of(new ToolSpec("f", "does f", "{\"type\":\"object\",\"properties\":{}}")),
              0.7,
              42L,
              99,
              List.of("END"));
      var incoming = OpenAiJson.readRequest(OpenAiJson.writeRequest(request, true));
      assertThat(incoming.request()).isEqualTo(request);
      assertThat(incoming.stream()).isTrue();
      assertThat(incoming.includeUsage()).isTrue();
      assertThat(OpenAiJson.readRequest(OpenAiJson.writeRequest(request, false)).stream())
          .isFalse();
    }

    @Test
    void takeContentInParts() {
      var incoming =
          read(
              """
              {"messages":[{"role":"user","content":[{"type":"text","text":"a"},\
              {"type":"text","text":"b"}]}]}\
              """);
      assertThat(incoming.request().messages()).containsExactly(ChatMessage.user("ab"));
    }

    @Test
    void takeTheNewerNames() {
      var incoming =
          read(
              """
              {"messages":[{"role":"developer","content":"x"}],"max_completion_tokens":7,\
              "stop":"END","tools":[],"response_format":null}\
              """);
      assertThat(incoming.request().messages()).containsExactly(ChatMessage.system("x"));
      assertThat(incoming.request().maxTokens()).isEqualTo(7);
      assertThat(incoming.request().stop()).containsExactly("END");
    }

    @Test
    void offerNoToolsWhereNoneMayBeChosen() {
      var incoming =
          read(
              """
              {"messages":[{"role":"user","content":"x"}],"tool_choice":"none",\
              "tools":[{"type":"function","function":{"name":"f"}}]}\
              """);
      assertThat(incoming.request().tools()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "nonsense | not JSON",
          "[] | must be a JSON object",
          "{} | messages: at least one",
          "{\"messages\":[]} | messages: at least one",
          "{\"messages\":[{\"content\":\"x\"}]} | each needs a role",
          "{\"messages\":[7]} | each needs a role",
          "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]} | only text",
          "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"seed\":\"x\"} | seed: a number",
          "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":1e99} | not understood",
          "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{}]} | function.name",
          "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"messages\":[]} | not JSON",
        })
    void areRefusedWithAWord(String body, String why) {
      assertThatThrownBy(() -> read(body))
          .isInstanceOfSatisfying(
              ChatException.class,
              e -> assertThat(e.kind()).isEqualTo(ChatException.Kind.BAD_REQUEST))
          .hasMessageContaining(why)
          .message()
          .doesNotContain("\n");
    }

    @Test
    void areRefusedWhenNestedTooDeeply() {
      assertThatThrownBy(() -> read("{\"messages\":" + "[".repeat(100_000)))
          .isInstanceOf(ChatException.class);
    }
  }

  @Nested
  class Replies {
    @Test
    void comeBackAsTheyWereWritten() {
      var reply =
          new ChatReply(
              ChatMessage.assistant("x", List.of(new ToolCall("c", "f", "{}"))),
              "tool_calls",
              new TokenUsage(3, 4),
              "m");
      assertThat(OpenAiJson.readReply(OpenAiJson.writeReply(HEAD, reply))).isEqualTo(reply);
    }

    @Test
    void takeArgumentsThatAreAnObject() {
      var reply =
          OpenAiJson.readReply(
              utf8(
                  """
                  {"choices":[{"message":{"role":"assistant","content":null,"tool_calls":[\
                  {"id":"c","function":{"name":"f","arguments":{"a":1}}}]}}]}\
                  """));
      assertThat(reply.message().toolCalls()).containsExactly(new ToolCall("c", "f", "{\"a\":1}"));
      assertThat(reply.finishReason()).isEqualTo("stop");
      assertThat(reply.usage()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void takeARefusalForText() {
      var reply =
          OpenAiJson.readReply(
              utf8("{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"no\"}}]}"));
      assertThat(reply.text()).isEqualTo("no");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"{}", "[]", "{\"choices\":[]}", "{\"choices\":[{\"text\":\"x\"}]}", "7"})
    void areNoneWithoutAMessage(String body) {
      assertThatThrownBy(() -> OpenAiJson.readReply(utf8(body)))
          .isInstanceOfSatisfying(
              ChatException.class,
              e -> assertThat(e.kind()).isEqualTo(ChatException.Kind.BAD_REPLY));
    }

    @Test
    void passTheErrorOnThatComesWithSuccess() {
      assertThatThrownBy(
              () -> OpenAiJson.readReply(utf8("{\"error\":{\"message\":\"no\\ncredit\"}}")))
          .hasMessage("the endpoint says: no credit");
    }
  }

  @Nested
  class Streams {
    @Test
    void comeBackAsTheyWereWritten() {
      var reply =
          new ChatReply(
              ChatMessage.assistant(
                  "hi", List.of(new ToolCall("a", "f", "{\"x\":1}"), new ToolCall("b", "g", "{}"))),
              "tool_calls",
              new TokenUsage(5, 6),
              "m");
      var assembler = new StreamAssembler();
      for (var event : ChatDelta.of(reply, true)) {
        var read = OpenAiJson.readChunk(OpenAiJson.writeChunk(HEAD, event));
        assembler.add(read.orElseThrow());
      }
      assertThat(assembler.finished()).isTrue();
      assertThat(assembler.reply("m")).isEqualTo(reply);
    }

    @Test
    void putToolCallsTogetherFromPieces() {
      var assembler = new StreamAssembler();
      for (var data :
          List.of(
              "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":"
                  + "{\"name\":\"f\",\"arguments\":\"\"}}]}}]}",
              "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
                  + "{\"arguments\":\"{\\\"a\\\"\"}}]}}]}",
              "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
                  + "{\"arguments\":\":1}\"}}]}}]}",
              "{\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}")) {
        assembler.add(OpenAiJson.readChunk(data).orElseThrow());
      }
      assertThat(assembler.reply("m").message())
          .isEqualTo(ChatMessage.assistant(null, List.of(new ToolCall("c", "f", "{\"a\":1}"))));
    }

    @Test
    void endWithDone() {
      assertThat(OpenAiJson.readChunk(" [DONE]")).isEmpty();
    }

    @Test
    void passErrorsOn() {
      assertThatThrownBy(() -> OpenAiJson.readChunk("{\"error\":{\"message\":\"overloaded\"}}"))
          .hasMessage("the endpoint says: overloaded");
      assertThatThrownBy(() -> OpenAiJson.readChunk("<html>"))
          .isInstanceOfSatisfying(
              ChatException.class,
              e -> assertThat(e.kind()).isEqualTo(ChatException.Kind.NOT_JSON));
    }
  }

  @Test
  void readsErrorsOfSeveralFrameworks() {
    assertThat(OpenAiJson.readError(OpenAiJson.writeError("a", "b"))).contains("a");
    assertThat(OpenAiJson.readError(utf8("{\"detail\":\"b\"}"))).contains("b");
    assertThat(OpenAiJson.readError(utf8("{\"error\":\"c\"}"))).contains("c");
    assertThat(OpenAiJson.readError(utf8("{\"x\":1}"))).isEmpty();
    assertThat(OpenAiJson.readError(utf8("<html>"))).isEmpty();
  }
}
