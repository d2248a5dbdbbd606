package dev.redoubt.attack.chat;

import dev.redoubt.core.GroundTruth.Ledger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads lines of a ledger in its own format as the lines that {@link LedgerRecord} reads. */
sealed interface LedgerLines permits LedgerLines.Jsonl, LedgerLines.Gateway, OtelSpans {

  /**
   * A record of a tool call.
   *
   * @param line as {@link LedgerRecord#parse} reads it
   * @param number its number in the sequence; empty when records have none
   * @param at when the call ended; absent when the record does not say
   */
  record Entry(String line, OptionalLong number, @Nullable Instant at) {}

  /** The tool calls that a line records; none when it records something else or is damaged. */
  List<Entry> entries(String line);

  /** Says whether a line is whole, whatever it records. */
  default boolean isRecord(String line) {
    return object(line) != null;
  }

  static LedgerLines of(Ledger.Format format) {
    return switch (format) {
      case JSONL -> new Jsonl();
      case GATEWAY -> new Gateway();
      case OTEL -> new OtelSpans();
    };
  }

  /** Redoubt's own form. */
  record Jsonl() implements LedgerLines {
    @Override
    public List<Entry> entries(String line) {
      ObjectNode node = object(line);
      return node == null ? List.of() : List.of(new Entry(line, number(node), at(node)));
    }
  }

  /**
   * The tool log of the guard gateway: {@code {seq, at, conversation, tool, arguments, decision}}.
   */
  record Gateway() implements LedgerLines {
    @Override
    public List<Entry> entries(String line) {
      ObjectNode node = object(line);
      if (node == null || node.path("tool").asString("").isEmpty()) {
        return List.of();
      }
      ObjectNode record = JsonMapper.shared().createObjectNode();
      record.put("tool", node.path("tool").asString(""));
      record.set("arguments", unquoted(node.path("arguments")));
      record.put("caller", node.path("caller").asString(""));
      String decision = node.path("decision").asString("");
      record.put("status", decision.equals("block") ? "blocked" : "done");
      return List.of(new Entry(record.toString(), number(node), at(node)));
    }
  }

  /** The object of a line; null when it is none. */
  static @Nullable ObjectNode object(String line) {
    try {
      return JsonMapper.shared().readTree(line) instanceof ObjectNode object ? object : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  /** Arguments that come as JSON text inside of a string. */
  static JsonNode unquoted(JsonNode arguments) {
    if (arguments.isString()) {
      ObjectNode inner = object(arguments.asString());
      if (inner != null) {
        return inner;
      }
    }
    return arguments;
  }

  private static OptionalLong number(JsonNode node) {
    JsonNode seq = node.has("seq") ? node.path("seq") : node.path("sequence");
    return seq.isIntegralNumber() && seq.canConvertToLong()
        ? OptionalLong.of(seq.asLong())
        : OptionalLong.empty();
  }

  /** ISO 8601, or a count of seconds or milliseconds since 1970. */
  private static @Nullable Instant at(JsonNode node) {
    JsonNode at = node.has("at") ? node.path("at") : node.path("timestamp");
    try {
      if (at.isString()) {
        return Instant.parse(at.asString());
      }
      if (at.isNumber()) {
        double value = at.asDouble();
        return value > 1e11
            ? Instant.ofEpochMilli((long) value)
            : Instant.ofEpochMilli((long) (1000 * value));
      }
      return null;
    } catch (DateTimeException otherForm) {
      return null;
    }
  }
}
