package dev.redoubt.runtime.target;

import dev.redoubt.core.Access.ModelApi;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's messages (API reference, "Messages" and "Streaming messages"). */
final class AnthropicDialect implements ModelDialect {
  /** The interface wants a bound; chat answers are shorter. */
  private static final int MOST_TOKENS = 1024;

  private @Nullable String toolId;
  private String toolName = "";
  private final StringBuilder toolInput = new StringBuilder();

  @Override
  public List<String> path() {
    return List.of("v1", "messages");
  }

  @Override
  public List<String> headers() {
    return List.of("anthropic-version", "2023-06-01");
  }

  @Override
  public ObjectNode request(@Nullable String model, List<Turn> turns, Say say, ModelApi access) {
    var request = Json.object();
    if (model != null) {
      request.put("model", model);
    }
    request.put("max_tokens", say.maxTokens() == null ? MOST_TOKENS : say.maxTokens());
    if (access.sampling()) {
      // Older models take a temperature; a seed none does.
      request.put("temperature", say.temperature());
    }
    var spoken =
        turns.stream()
            // It refuses empty content, which an answer of tool calls alone has.
            .map(t -> t.text().isEmpty() ? new Turn(t.role(), "(no words)") : t)
            .toList();
    ModelDialect.messages(spoken, request, "messages");
    if (access.stream()) {
      request.put("stream", true);
    }
    return request;
  }

  @Override
  public void whole(JsonNode reply, Answer answer) {
    if (!reply.path("content").isArray()) {
      throw new ChatException(Kind.BAD_REPLY, "JSON, but no message: content is missing");
    }
    for (JsonNode block : reply.path("content")) {
      answer.text(block.path("text").asString(""));
      if (isTool(block)) {
        answer.call(
            Json.textOrNull(block.path("id")),
            block.path("name").asString(""),
            block.path("input"));
      }
    }
    head(reply, answer);
    answer.finish(Json.textOrNull(reply.path("stop_reason")));
    answer.done();
  }

  private static boolean isTool(JsonNode block) {
    return block.path("type").asString("").endsWith("tool_use");
  }

  private static void head(JsonNode message, Answer answer) {
    answer.model(message.path("model"));
    var usage = message.path("usage");
    long prompt =
        (long) Json.count(usage.path("input_tokens"))
            + Json.count(usage.path("cache_creation_input_tokens"))
            + Json.count(usage.path("cache_read_input_tokens"));
    answer.prompt((int) Math.min(prompt, Integer.MAX_VALUE));
    answer.completion(Json.count(usage.path("output_tokens")));
  }

  @Override
  public void piece(JsonNode piece, Answer answer) {
    switch (piece.path("type").asString("")) {
      case "message_start" -> head(piece.path("message"), answer);
      case "content_block_start" -> {
        var block = piece.path("content_block");
        answer.text(block.path("text").asString(""));
        if (isTool(block)) {
          toolId = Json.textOrNull(block.path("id"));
          toolName = block.path("name").asString("");
        }
      }
      case "content_block_delta" -> {
        answer.text(piece.path("delta").path("text").asString(""));
        toolInput.append(piece.path("delta").path("partial_json").asString(""));
      }
      case "content_block_stop" -> endTool(answer);
      case "message_delta" -> {
        answer.finish(Json.textOrNull(piece.path("delta").path("stop_reason")));
        answer.completion(Json.count(piece.path("usage").path("output_tokens")));
      }
      case "message_stop" -> answer.done();
      case "error" -> throw Json.says(piece.path("error"));
      default -> {}
    }
  }

  private void endTool(Answer answer) {
    if (toolId != null) {
      answer.call(toolId, toolName, toolInput.isEmpty() ? "{}" : toolInput.toString());
      toolId = null;
      toolInput.setLength(0);
    }
  }
}
