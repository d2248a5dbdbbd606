package dev.redoubt.runtime.target;

import dev.redoubt.core.Access.ModelApi;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's completions (API reference, "Completions"). A model that only goes on with a text knows
 * no roles: the first words go as they are, later ones as a dialogue.
 */
final class CompletionsDialect implements ModelDialect {
  @Override
  public List<String> path() {
    return List.of("completions");
  }

  @Override
  public ObjectNode request(@Nullable String model, List<Turn> turns, Say say, ModelApi access) {
    var request = Json.object();
    if (model != null) {
      request.put("model", model);
    }
    request.put("prompt", prompt(turns));
    if (access.sampling()) {
      request.put("temperature", say.temperature()).put("seed", say.seed());
    }
    if (say.maxTokens() != null) {
      request.put("max_tokens", say.maxTokens());
    }
    if (access.stream()) {
      request.put("stream", true).putObject("stream_options").put("include_usage", true);
    }
    return request;
  }

  private static String prompt(List<Turn> turns) {
    if (turns.size() == 1) {
      return turns.getFirst().text();
    }
    var dialogue = new StringBuilder();
    for (Turn turn : turns) {
      dialogue
          .append(turn.role().equals("user") ? "User: " : "Assistant: ")
          .append(turn.text().strip())
          .append("\n\n");
    }
    return dialogue.append("Assistant:").toString();
  }

  @Override
  public void whole(JsonNode reply, Answer answer) {
    var choice = reply.path("choices").path(0);
    if (!choice.path("text").isString()) {
      throw new ChatException(
          Kind.BAD_REPLY, "JSON, but no completion: choices[0].text is missing");
    }
    piece(reply, answer);
    answer.done();
  }

  @Override
  public void piece(JsonNode piece, Answer answer) {
    var choice = piece.path("choices").path(0);
    answer.text(choice.path("text").asString(""));
    answer.model(piece.path("model"));
    answer.finish(Json.textOrNull(choice.path("finish_reason")));
    answer.prompt(Json.count(piece.path("usage").path("prompt_tokens")));
    answer.completion(Json.count(piece.path("usage").path("completion_tokens")));
  }
}
