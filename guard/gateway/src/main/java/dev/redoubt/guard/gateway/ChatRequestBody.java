package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat completion request, read into the texts that a guard checks.
 *
 * @param body the request, changed in place by what the guard rewrites
 * @param messages its messages in order
 * @param calls tool calls that the model made earlier, as the messages tell
 * @param unscanned what holds content that is no text, such as {@code image_url}
 * @param rest strings outside of the messages that a model reads, such as tool descriptions
 */
record ChatRequestBody(
    ObjectNode body,
    List<Message> messages,
    List<ToolCallView> calls,
    List<String> unscanned,
    String rest) {
  /** Most choices that the protocol knows; each is held in memory while it is checked. */
  private static final int MOST = 128;

  /** Fields that choose and tune a model; no model reads them as words. */
  private static final Set<String> SETTINGS = Set.of("messages", "model", "user", "stream");

  /**
   * A message.
   *
   * @param role who speaks, as far as this place can believe it
   * @param texts its texts
   * @param calls the tool calls in it
   */
  record Message(Role role, MessageText texts, List<ToolCalls.Call> calls, int index) {
    /** The content as the guard sees it. */
    Text text() {
      return text(texts.content());
    }

    /** Another text of the same author. */
    Text text(String content) {
      boolean trusted = role == Role.USER || role == Role.SYSTEM;
      return new Text(role, "message " + (index + 1), trusted, content);
    }
  }

  /**
   * Reads a request.
   *
   * @throws UnreadableException when it is not of a shape that can be checked
   */
  static ChatRequestBody read(ObjectNode body, Place place) throws UnreadableException {
    if (!(body.get("messages") instanceof ArrayNode list)) {
      throw new UnreadableException("messages is no list");
    }
    var stream = body.get("stream");
    if (stream != null && !stream.isBoolean() && !stream.isNull()) {
      throw new UnreadableException("stream is neither true nor false");
    }
    var n = body.get("n");
    if (n != null && !n.isNull() && !(n.isInt() && n.intValue() >= 1 && n.intValue() <= MOST)) {
      throw new UnreadableException("n is no number from 1 to " + MOST);
    }
    var messages = new ArrayList<Message>();
    var calls = new ArrayList<ToolCallView>();
    var unscanned = new ArrayList<String>();
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof ObjectNode object)) {
        throw new UnreadableException("message " + (i + 1) + " is no object");
      }
      var message =
          new Message(
              role(object.path("role"), place), MessageText.of(object), ToolCalls.of(object), i);
      messages.add(message);
      message.calls().forEach(call -> calls.add(call.view()));
      unscanned.addAll(message.texts().unscanned());
    }
    var rest = new ArrayList<String>();
    for (var field : body.properties()) {
      if (!SETTINGS.contains(field.getKey())) {
        rest.addAll(Json.strings(field.getValue()));
      }
    }
    return new ChatRequestBody(body, messages, calls, unscanned, String.join("\n", rest));
  }

  private static Role role(JsonNode role, Place place) throws UnreadableException {
    return switch (role.asString("")) {
      // Before an assistant every word is the client's, whatever it calls itself.
      case "system", "developer" -> place == Place.FRONT ? Role.USER : Role.SYSTEM;
      case "user" -> Role.USER;
      case "assistant" -> Role.ANSWER;
      case "tool", "function" -> Role.TOOL_RESULT;
      default -> throw new UnreadableException("a message has none of the known roles");
    };
  }

  boolean stream() {
    return body.path("stream").asBoolean(false);
  }

  String model() {
    return body.path("model").asString("");
  }

  /** The choices that the client asked for. */
  int choices() {
    return Math.max(1, body.path("n").asInt(1));
  }

  List<Text> texts() {
    return messages.stream().map(Message::text).toList();
  }
}
