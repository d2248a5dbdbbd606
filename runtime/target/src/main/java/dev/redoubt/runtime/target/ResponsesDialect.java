package dev.redoubt.runtime.target;

import dev.redoubt.core.Access.ModelApi;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's responses (API reference, "Responses"); nothing is stored at the endpoint. */
final class ResponsesDialect implements ModelDialect {
  @Override
  public List<String> path() {
    return List.of("responses");
  }

  @Override
  public ObjectNode request(@Nullable String model, List<Turn> turns, Say say, ModelApi access) {
    var request = Json.object();
    if (model != null) {
      request.put("model", model);
    }
    ModelDialect.messages(turns, request, "input");
    request.put("store", false);
    if (access.sampling()) {
      // This interface has no seed.
      request.put("temperature", say.temperature());
    }
    if (say.maxTokens() != null) {
      request.put("max_output_tokens", say.maxTokens());
    }
    if (access.stream()) {
      request.put("stream", true);
    }
    return request;
  }

  @Override
  public void whole(JsonNode reply, Answer answer) {
    if (reply.path("status").asString("").equals("failed")) {
      throw Json.says(reply.path("error"));
    }
    if (!reply.path("output").isArray()) {
      throw new ChatException(Kind.BAD_REPLY, "JSON, but no response: output is missing");
    }
    for (JsonNode item : reply.path("output")) {
      switch (item.path("type").asString("")) {
        case "message" -> {
          for (JsonNode part : item.path("content")) {
            answer.text(part.path("text").asString(part.path("refusal").asString("")));
          }
        }
        case "function_call" ->
            answer.call(
                Json.textOrNull(item.path("call_id")),
                item.path("name").asString(""),
                item.path("arguments"));
        case "mcp_call" ->
            answer.call(
                Json.textOrNull(item.path("id")),
                item.path("name").asString(""),
                item.path("arguments"));
        // Reasoning and tools of the endpoint's own say nothing to the user.
        default -> {}
      }
    }
    var reason = Json.textOrNull(reply.path("incomplete_details").path("reason"));
    answer.finish(reason == null ? Json.textOrNull(reply.path("status")) : reason);
    answer.model(reply.path("model"));
    answer.prompt(Json.count(reply.path("usage").path("input_tokens")));
    answer.completion(Json.count(reply.path("usage").path("output_tokens")));
    answer.done();
  }

  @Override
  public void piece(JsonNode piece, Answer answer) {
    switch (piece.path("type").asString("")) {
      // The last event repeats all that came before.
      case "response.completed", "response.incomplete" -> whole(piece.path("response"), answer);
      case "response.failed" -> throw Json.says(piece.path("response").path("error"));
      case "error" -> throw Json.says(piece);
      default -> {}
    }
  }
}
