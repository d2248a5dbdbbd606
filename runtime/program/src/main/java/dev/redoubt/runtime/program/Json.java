package dev.redoubt.runtime.program;

import dev.redoubt.core.Evidence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines of the protocol as bytes. */
final class Json {
  private static final int MOST_DEPTH = 64;

  // ASCII only, since nothing then depends on the program's locale, and since a lone surrogate,
  // which a hostile reply may hold and which later goes to a judge, has no UTF-8.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A message with its type. */
  static ObjectNode message(String type) {
    return object().put("type", type);
  }

  static byte[] line(ObjectNode message) {
    return (MAPPER.writeValueAsString(message) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  static ArrayNode turns(List<Evidence.Turn> turns) {
    ArrayNode list = MAPPER.createArrayNode();
    turns.forEach(turn -> list.addObject().put("role", turn.role()).put("text", turn.text()));
    return list;
  }

  /** Compact JSON text. */
  static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** JSON text of ours as a node; text that is no JSON becomes a string. */
  static JsonNode node(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException notJson) {
      return MAPPER.getNodeFactory().stringNode(json);
    }
  }

  /**
   * Reads a line.
   *
   * @throws NotAMessage when it is not one JSON object in UTF-8
   */
  static ObjectNode read(byte[] line) throws NotAMessage {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new NotAMessage("a line that is not UTF-8");
    }
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw new NotAMessage("JSON that is no object: " + Text.oneLine(text, 80));
    } catch (JacksonException e) {
      throw new NotAMessage("a line that is not JSON: " + Text.oneLine(text, 80));
    }
  }

  /** A line is none of the protocol's. */
  static final class NotAMessage extends Exception {
    private static final long serialVersionUID = 1L;

    NotAMessage(String message) {
      super(message);
    }
  }
}
