package dev.redoubt.attack.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Spans of tool calls in OTLP JSON lines, as the file exporter of the OpenTelemetry collector
 * writes them (OpenTelemetry Protocol File Exporter; OTLP/JSON encoding).
 *
 * <p>A span is a tool call when its {@code gen_ai.operation.name} is {@code execute_tool}, its name
 * starts with that word, or it carries {@code gen_ai.tool.name} and the MCP method {@code
 * tools/call} (semantic conventions for generative AI, status development). Arguments stand in
 * {@code gen_ai.tool.call.arguments}, as JSON text or as an attribute map; instrumentations leave
 * them out unless content is turned on.
 */
record OtelSpans() implements LedgerLines {
  private static final int STATUS_ERROR = 2;
  private static final int DEEPEST = 16;

  @Override
  public List<Entry> entries(String line) {
    ObjectNode root = LedgerLines.object(line);
    var entries = new ArrayList<Entry>();
    if (root != null) {
      for (JsonNode resource : root.path("resourceSpans")) {
        for (JsonNode scope : resource.path("scopeSpans")) {
          for (JsonNode span : scope.path("spans")) {
            Entry entry = entry(span);
            if (entry != null) {
              entries.add(entry);
            }
          }
        }
      }
    }
    return entries;
  }

  private static @Nullable Entry entry(JsonNode span) {
    Map<String, JsonNode> attributes = attributes(span.path("attributes"));
    String tool = text(attributes, "gen_ai.tool.name");
    String name = span.path("name").asString("");
    boolean call =
        text(attributes, "gen_ai.operation.name").equals("execute_tool")
            || name.equals("execute_tool")
            || name.startsWith("execute_tool ")
            || text(attributes, "mcp.method.name").equals("tools/call");
    if (tool.isEmpty() && name.startsWith("execute_tool ")) {
      tool = name.substring("execute_tool ".length()).strip();
    }
    if (!call || tool.isEmpty()) {
      return null;
    }
    ObjectNode record = JsonMapper.shared().createObjectNode();
    record.put("tool", tool);
    JsonNode arguments = attributes.get("gen_ai.tool.call.arguments");
    record.set(
        "arguments",
        arguments == null
            ? JsonMapper.shared().createObjectNode()
            : LedgerLines.unquoted(arguments));
    String caller = text(attributes, "enduser.id");
    record.put("caller", caller.isEmpty() ? text(attributes, "user.id") : caller);
    boolean failed =
        attributes.containsKey("error.type")
            || span.path("status").path("code").asInt(0) == STATUS_ERROR
            || span.path("status").path("code").asString("").equals("STATUS_CODE_ERROR");
    record.put("status", failed ? "failed" : "done");
    if (attributes.containsKey("redoubt.confirmed")) {
      record.set("confirmed", attributes.get("redoubt.confirmed"));
    }
    return new Entry(record.toString(), OptionalLong.empty(), end(span));
  }

  private static @Nullable Instant end(JsonNode span) {
    // 64-bit integers are decimal strings in OTLP JSON.
    String nanos = span.path("endTimeUnixNano").asString("");
    if (!nanos.matches("\\d{1,19}")) {
      return null;
    }
    try {
      long value = Long.parseLong(nanos);
      return value == 0
          ? null
          : Instant.ofEpochSecond(value / 1_000_000_000, value % 1_000_000_000);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  private static Map<String, JsonNode> attributes(JsonNode list) {
    var map = new HashMap<String, JsonNode>();
    for (JsonNode item : list) {
      map.put(item.path("key").asString(""), value(item.path("value"), 0));
    }
    return map;
  }

  /** An AnyValue of OTLP as plain JSON. */
  private static JsonNode value(JsonNode any, int depth) {
    if (depth > DEEPEST) {
      return JsonMapper.shared().createObjectNode();
    }
    for (String plain : List.of("stringValue", "boolValue", "doubleValue", "intValue")) {
      if (any.has(plain)) {
        return any.path(plain);
      }
    }
    if (any.has("kvlistValue")) {
      ObjectNode object = JsonMapper.shared().createObjectNode();
      for (JsonNode item : any.path("kvlistValue").path("values")) {
        object.set(item.path("key").asString(""), value(item.path("value"), depth + 1));
      }
      return object;
    }
    var array = JsonMapper.shared().createArrayNode();
    for (JsonNode item : any.path("arrayValue").path("values")) {
      array.add(value(item, depth + 1));
    }
    return array;
  }

  private static String text(Map<String, JsonNode> attributes, String key) {
    JsonNode value = attributes.get(key);
    return value == null ? "" : value.asString("");
  }
}
