package dev.redoubt.guard.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The content of a message, a string or a list of parts, and whatever else in it is text. */
final class MessageText {
  /** Fields of a message that are no text of their own. */
  static final Set<String> KNOWN =
      Set.of("role", "content", "tool_calls", "function_call", "tool_call_id", "id");

  private final ObjectNode message;
  private final List<String> unscanned = new ArrayList<>();
  private String content;

  private MessageText(ObjectNode message) throws UnreadableException {
    this.message = message;
    this.content = read(message.get("content"), unscanned);
  }

  static MessageText of(ObjectNode message) throws UnreadableException {
    return new MessageText(message);
  }

  /** The content's text; parts are joined by line breaks. */
  String content() {
    return content;
  }

  /** Types of parts that hold no text, such as {@code image_url}. */
  List<String> unscanned() {
    return unscanned;
  }

  /** Strings in fields that have no meaning here, each of which a server may read. */
  List<String> others() {
    var others = new ArrayList<String>();
    for (var field : message.properties()) {
      if (!KNOWN.contains(field.getKey())) {
        others.addAll(Json.strings(field.getValue()));
      }
    }
    return others;
  }

  /** Puts another text in the place of the content; parts that hold no text stay behind it. */
  void content(String replacement) {
    content = replacement;
    if (!(message.get("content") instanceof ArrayNode parts)) {
      message.put("content", replacement);
      return;
    }
    var kept = message.putArray("content");
    kept.addObject().put("type", "text").put("text", replacement);
    for (var part : parts) {
      if (unscanned.contains(part.path("type").asString(""))) {
        kept.add(part);
      }
    }
  }

  private static String read(@Nullable JsonNode content, List<String> unscanned)
      throws UnreadableException {
    if (content == null || content.isNull()) {
      return "";
    }
    if (content.isString()) {
      return content.stringValue();
    }
    if (!content.isArray()) {
      throw new UnreadableException("a message's content is neither text nor a list of parts");
    }
    var texts = new ArrayList<String>();
    for (var part : content) {
      if (part.isString()) {
        texts.add(part.stringValue());
        continue;
      }
      var type = part.path("type").asString("");
      switch (type) {
        case "text", "input_text", "output_text" -> texts.add(text(part, "text"));
        case "refusal" -> texts.add(text(part, "refusal"));
        case "" -> throw new UnreadableException("a part of a message has no type");
        default -> unscanned.add(type);
      }
    }
    return String.join("\n", texts);
  }

  private static String text(JsonNode part, String field) throws UnreadableException {
    if (!part.path(field).isString()) {
      throw new UnreadableException("a " + field + " part without text");
    }
    return part.path(field).stringValue();
  }
}
