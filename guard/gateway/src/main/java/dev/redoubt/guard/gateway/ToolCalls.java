package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.ToolCallView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tool calls of a message, whichever of the three forms they have. */
final class ToolCalls {
  private ToolCalls() {}

  /**
   * A call and the object that holds its name and arguments.
   *
   * @param view the call as the guard sees it
   * @param holder object whose {@code key} holds the arguments
   * @param key {@code arguments}, or {@code input} of a custom tool
   */
  record Call(ToolCallView view, ObjectNode holder, String key) {
    /** Writes other arguments in their place. */
    void arguments(String json) {
      if (key.equals("arguments")) {
        holder.put(key, json);
      }
    }
  }

  /** Reads the calls of a message. */
  static List<Call> of(ObjectNode message) throws UnreadableException {
    var calls = new ArrayList<Call>();
    var listed = message.get("tool_calls");
    if (listed != null && !listed.isNull()) {
      if (!listed.isArray()) {
        throw new UnreadableException("tool_calls is no list");
      }
      for (var entry : listed) {
        calls.add(call(entry));
      }
    }
    var legacy = message.get("function_call");
    if (legacy != null && !legacy.isNull()) {
      calls.add(function(legacy));
    }
    return calls;
  }

  private static Call call(JsonNode entry) throws UnreadableException {
    if (entry.get("custom") instanceof ObjectNode custom) {
      var input = Json.object().put("input", text(custom.get("input"), "a tool call's input"));
      return new Call(
          new ToolCallView(text(custom.get("name"), "a tool call's name"), Json.text(input)),
          custom,
          "input");
    }
    return function(entry.get("function"));
  }

  private static Call function(@Nullable JsonNode function) throws UnreadableException {
    if (!(function instanceof ObjectNode object)) {
      throw new UnreadableException("a tool call without a function");
    }
    var arguments = object.get("arguments");
    // Some servers send arguments as an object; it is checked and passed on as its JSON text.
    if (arguments != null && arguments.isObject()) {
      object.put("arguments", Json.text(arguments));
    }
    var json = object.has("arguments") ? text(object.get("arguments"), "arguments") : "";
    return new Call(
        new ToolCallView(text(object.get("name"), "a tool call's name"), json),
        object,
        "arguments");
  }

  private static String text(@Nullable JsonNode node, String what) throws UnreadableException {
    if (node == null || !node.isString()) {
      throw new UnreadableException(what + " is no text");
    }
    return node.stringValue();
  }
}
