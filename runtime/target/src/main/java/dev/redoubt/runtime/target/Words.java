package dev.redoubt.runtime.target;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What templates are filled with.
 *
 * @param say what is said
 * @param turns all that was said in the conversation, the last words included
 * @param conversation id of the conversation; absent while there is none
 * @param model the endpoint's model
 */
record Words(Say say, List<Turn> turns, @Nullable String conversation, @Nullable String model) {

  /** The text of a placeholder; null for what is none. */
  @Nullable String text(String name) {
    return switch (name) {
      case "text" -> say.text();
      case "conversation" -> orEmpty(conversation);
      case "model" -> orEmpty(model);
      case "identity" -> orEmpty(say.identity());
      case "temperature" -> Double.toString(say.temperature());
      case "seed" -> Long.toString(say.seed());
      case "maxTokens" -> say.maxTokens() == null ? "" : say.maxTokens().toString();
      case "messages" -> messages().toString();
      default -> null;
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * The JSON value of a placeholder that stands alone: numbers are numbers, messages are a list.
   *
   * @return null where nothing is known: the field is left out
   */
  @Nullable JsonNode value(String name) {
    var nodes = JsonNodeFactory.instance;
    return switch (name) {
      case "temperature" -> nodes.numberNode(say.temperature());
      case "seed" -> nodes.numberNode(say.seed());
      case "maxTokens" -> say.maxTokens() == null ? null : nodes.numberNode(say.maxTokens());
      case "messages" -> messages();
      case "conversation" -> conversation == null ? null : nodes.stringNode(conversation);
      case "model" -> model == null ? null : nodes.stringNode(model);
      case "identity" -> say.identity() == null ? null : nodes.stringNode(say.identity());
      default -> nodes.stringNode(text(name));
    };
  }

  private JsonNode messages() {
    var list = JsonNodeFactory.instance.arrayNode();
    for (Turn turn : turns) {
      list.addObject().put("role", turn.role()).put("content", turn.text());
    }
    return list;
  }
}
