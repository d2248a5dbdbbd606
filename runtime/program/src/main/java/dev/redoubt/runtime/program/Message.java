package dev.redoubt.runtime.program;

import dev.redoubt.runtime.program.ProgramException.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message of a program, or an object in it, read field by field. A field that nobody asked for is
 * refused at the {@link #end}: a tool call that is lost because its field is misspelt would look
 * like an attack that was resisted. {@code null} is the same as absent.
 */
final class Message {
  private static final int MOST_ITEMS = 1000;
  private static final int SHOWN = 60;

  private final ObjectNode node;
  private final String program;
  private final String path;
  private final Set<String> known = new HashSet<>();

  /**
   * @param program how messages name the program
   */
  Message(ObjectNode node, String program) {
    this(node, program, node.path("type").asString("message"));
    known.add("type");
    known.add("id");
  }

  private Message(ObjectNode node, String program, String path) {
    this.node = node;
    this.program = program;
    this.path = path;
  }

  String type() {
    return node.path("type").asString("");
  }

  String text(String field) throws ProgramException {
    return required(field, optionalText(field));
  }

  /** Text of a summary, a name and the like, which may not be empty. */
  String words(String field) throws ProgramException {
    String text = text(field);
    if (text.isBlank()) {
      throw bad("'" + field + "' must not be empty");
    }
    return text;
  }

  /** A required text that has a pattern. */
  String word(String field, String pattern) throws ProgramException {
    return checked(field, text(field), pattern);
  }

  @Nullable String optionalWord(String field, String pattern) throws ProgramException {
    String text = optionalText(field);
    return text == null ? null : checked(field, text, pattern);
  }

  private String checked(String field, String text, String pattern) throws ProgramException {
    if (!text.matches(pattern)) {
      throw bad("'" + field + "' must match " + pattern + ", not '" + shown(text) + "'");
    }
    return text;
  }

  @Nullable String optionalText(String field) throws ProgramException {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      throw bad("'" + field + "' must be a text, not " + shown(value.toString()));
    }
    return value.asString();
  }

  int count(String field) throws ProgramException {
    return required(field, optionalCount(field));
  }

  @Nullable Integer optionalCount(String field) throws ProgramException {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.canConvertToExactIntegral() || !value.canConvertToInt() || value.asInt() < 0) {
      throw bad("'" + field + "' must be a whole number from 0, not " + shown(value.toString()));
    }
    return value.asInt();
  }

  @Nullable Double optionalAmount(String field) throws ProgramException {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    // 1e999 is a number in JSON.
    if (!value.isNumber() || !Double.isFinite(value.doubleValue()) || value.doubleValue() < 0) {
      throw bad("'" + field + "' must be a number from 0, not " + shown(value.toString()));
    }
    return value.doubleValue();
  }

  boolean flag(String field) throws ProgramException {
    JsonNode value = value(field);
    if (value != null && !value.isBoolean()) {
      throw bad("'" + field + "' must be true or false, not " + shown(value.toString()));
    }
    return value != null && value.asBoolean();
  }

  /** An object as JSON text; an empty one when absent. */
  String object(String field) throws ProgramException {
    JsonNode value = value(field);
    if (value != null && !value.isObject()) {
      throw bad("'" + field + "' must be an object, not " + shown(value.toString()));
    }
    return value == null ? "{}" : Json.text(value);
  }

  /** The objects of a list; none when absent. Each must be read to its {@link #end}. */
  List<Message> objects(String field) throws ProgramException {
    List<Message> all = new ArrayList<>();
    for (JsonNode item : items(field)) {
      String where = path + "." + field + "[" + all.size() + "]";
      if (!(item instanceof ObjectNode object)) {
        throw bad(where + " must be an object, not " + shown(item.toString()));
      }
      all.add(new Message(object, program, where));
    }
    return all;
  }

  /** The texts of a list; none when absent. */
  List<String> texts(String field) throws ProgramException {
    List<String> all = new ArrayList<>();
    for (JsonNode item : items(field)) {
      if (!item.isString()) {
        throw bad("'" + field + "' must hold texts, not " + shown(item.toString()));
      }
      all.add(item.asString());
    }
    return all;
  }

  private Iterable<JsonNode> items(String field) throws ProgramException {
    JsonNode value = value(field);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof ArrayNode list)) {
      throw bad("'" + field + "' must be a list, not " + shown(value.toString()));
    }
    if (list.size() > MOST_ITEMS) {
      throw bad("'" + field + "' has " + list.size() + " items; at most " + MOST_ITEMS);
    }
    return list.values();
  }

  private @Nullable JsonNode value(String field) {
    known.add(field);
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value;
  }

  private <T> T required(String field, @Nullable T value) throws ProgramException {
    if (value == null) {
      throw bad("'" + field + "' is missing");
    }
    return value;
  }

  /** Refuses fields that nobody asked for. */
  void end() throws ProgramException {
    Map<String, JsonNode> unknown = new TreeMap<>();
    node.properties().forEach(e -> unknown.put(e.getKey(), e.getValue()));
    unknown.keySet().removeAll(known);
    if (!unknown.isEmpty()) {
      throw bad(
          "unknown field '"
              + shown(unknown.keySet().iterator().next())
              + "'; it may have "
              + String.join(", ", known.stream().sorted().toList()));
    }
  }

  /** A failure that names this message. */
  ProgramException bad(String what) {
    return new ProgramException(
        Kind.BAD_REPLY,
        program
            + " sent a wrong "
            + Text.oneLine(path, SHOWN)
            + ": "
            + what
            + " (docs/extensions.md)");
  }

  private static String shown(String text) {
    return Text.oneLine(text, SHOWN);
  }
}
