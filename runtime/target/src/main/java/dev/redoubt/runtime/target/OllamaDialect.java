package dev.redoubt.runtime.target;

import dev.redoubt.core.Access.ModelApi;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ollama's chat (docs/api.md, "Generate a chat completion"). */
final class OllamaDialect implements ModelDialect {
  @Override
  public List<String> path() {
    return List.of("api", "chat");
  }

  @Override
  public ObjectNode request(@Nullable String model, List<Turn> turns, Say say, ModelApi access) {
    var request = Json.object();
    if (model != null) {
      request.put("model", model);
    }
    ModelDialect.messages(turns, request, "messages");
    // It streams where nobody says that it shouldn't.
    request.put("stream", access.stream());
    var options = request.putObject("options");
    if (access.sampling()) {
      options.put("temperature", say.temperature()).put("seed", say.seed());
    }
    if (say.maxTokens() != null) {
      options.put("num_predict", say.maxTokens());
    }
    return request;
  }

  @Override
  public void whole(JsonNode reply, Answer answer) {
    if (!reply.path("message").isObject()) {
      throw new ChatException(Kind.BAD_REPLY, "JSON, but no chat reply: message is missing");
    }
    piece(reply, answer);
    answer.done();
  }

  @Override
  public void piece(JsonNode piece, Answer answer) {
    var message = piece.path("message");
    answer.text(message.path("content").asString(""));
    for (JsonNode call : message.path("tool_calls")) {
      var function = call.path("function");
      answer.call(
          Json.textOrNull(call.path("id")),
          function.path("name").asString(""),
          function.path("arguments"));
    }
    answer.model(piece.path("model"));
    answer.finish(Json.textOrNull(piece.path("done_reason")));
    answer.prompt(Json.count(piece.path("prompt_eval_count")));
    answer.completion(Json.count(piece.path("eval_count")));
    if (piece.path("done").asBoolean(false)) {
      answer.done();
    }
  }
}
