package dev.redoubt.runtime.target;

import dev.redoubt.runtime.llm.BoundedHttp;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.runtime.llm.SseReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON of targets: strict UTF-8, the depth and lengths that Jackson allows. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  static JsonNode read(byte[] bytes) {
    return read(SseReader.utf8(bytes));
  }

  /** Reads one document. */
  static JsonNode read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isMissingNode()) {
        throw new ChatException(Kind.NOT_JSON, "an empty reply instead of JSON");
      }
      return node;
    } catch (JacksonException e) {
      var start = text.length() > 80 ? text.substring(0, 80) : text;
      throw new ChatException(
          Kind.NOT_JSON,
          text.stripLeading().startsWith("<")
              ? "a web page instead of JSON: check the url"
              : "no JSON (it starts with \"" + BoundedHttp.oneLine(start) + "\")",
          e);
    }
  }

  /** The words of a node: text as it is, anything else as JSON. */
  static String words(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return "";
    }
    return node.isString() ? node.stringValue() : node.toString();
  }

  /** A count of tokens; 0 where there is none. */
  static int count(JsonNode node) {
    return node.isNumber() ? Math.clamp(node.asLong(0), 0, Integer.MAX_VALUE) : 0;
  }

  static @Nullable String textOrNull(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  /** What a failure says of itself: a text, or an object with a message. */
  static String failure(JsonNode error) {
    var message = error.path("message");
    return BoundedHttp.oneLine(words(message.isString() ? message : error));
  }

  static ChatException says(JsonNode error) {
    return new ChatException(Kind.BAD_REPLY, "the target says: " + failure(error));
  }
}
