package dev.redoubt.runtime.target;

import dev.redoubt.core.Access.Api;
import dev.redoubt.core.Access.ModelApi;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The form of a published interface of models. */
interface ModelDialect {
  /**
   * What follows the base address: the first segment is left out where the base ends with it
   * already.
   */
  List<String> path();

  /** Headers that the interface needs. */
  default List<String> headers() {
    return List.of();
  }

  ObjectNode request(@Nullable String model, List<Turn> turns, Say say, ModelApi access);

  /** Reads a whole reply. */
  void whole(JsonNode reply, Answer answer);

  /** Reads a piece of a stream. */
  void piece(JsonNode piece, Answer answer);

  static ModelDialect of(Api api) {
    return switch (api) {
      case OPENAI_COMPLETIONS -> new CompletionsDialect();
      case OPENAI_RESPONSES -> new ResponsesDialect();
      case ANTHROPIC -> new AnthropicDialect();
      case OLLAMA -> new OllamaDialect();
      case OPENAI_CHAT -> throw new IllegalArgumentException("has a client of its own");
    };
  }

  /** Turns as a list of role and content. */
  static void messages(List<Turn> turns, ObjectNode request, String key) {
    var messages = request.putArray(key);
    for (Turn turn : turns) {
      messages.addObject().put("role", turn.role()).put("content", turn.text());
    }
  }
}
