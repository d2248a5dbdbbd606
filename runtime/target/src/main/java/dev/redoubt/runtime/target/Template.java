package dev.redoubt.runtime.target;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A text with placeholders. JSON is filled as a tree, so that nothing that is said can end a string
 * and nothing needs escaping; what is filled in is not looked at again.
 */
final class Template {
  private static final Set<String> NAMES =
      Set.of(
          "text",
          "conversation",
          "model",
          "identity",
          "temperature",
          "seed",
          "maxTokens",
          "messages");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)\\}\\}");

  private final String text;
  private final @Nullable JsonNode tree;

  private Template(String text, @Nullable JsonNode tree) {
    this.text = text;
    this.tree = tree;
  }

  /** A template of JSON where it begins like an object or a list, of plain text otherwise. */
  static Template of(String text) {
    var stripped = text.strip();
    boolean json =
        (stripped.startsWith("{") && !stripped.startsWith("{{")) || stripped.startsWith("[");
    return json ? json(text) : plain(text);
  }

  static Template json(String text) {
    return new Template(text, Json.read(text));
  }

  static Template plain(String text) {
    return new Template(text, null);
  }

  /** Whether the placeholder stands in it. */
  boolean has(String name) {
    return text.contains("{{" + name + "}}");
  }

  String fill(Words words) {
    if (tree == null) {
      return filled(text, words, UnaryOperator.identity());
    }
    var node = filled(tree, words);
    return node == null ? "null" : node.toString();
  }

  /** Fills a text, each value encoded. */
  static String filled(String text, Words words, UnaryOperator<String> encode) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    return matcher.replaceAll(found -> {
      var value = words.text(found.group(1));
      return Matcher.quoteReplacement(value == null ? found.group() : encode.apply(value));
    });
  }

  private static @Nullable JsonNode filled(JsonNode node, Words words) {
    if (node instanceof ObjectNode object) {
      var copy = Json.object();
      for (var entry : object.properties()) {
        var value = filled(entry.getValue(), words);
        if (value != null) {
          copy.set(entry.getKey(), value);
        }
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      var copy = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : array) {
        var value = filled(item, words);
        if (value != null) {
          copy.add(value);
        }
      }
      return copy;
    }
    if (!node.isString()) {
      return node;
    }
    var whole = PLACEHOLDER.matcher(node.stringValue());
    if (whole.matches() && NAMES.contains(whole.group(1))) {
      return words.value(whole.group(1));
    }
    return JsonNodeFactory.instance.stringNode(
        filled(node.stringValue(), words, UnaryOperator.identity()));
  }
}
