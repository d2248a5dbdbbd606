package dev.redoubt.guard.gateway;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON that leaves no room for two readings: a key twice in an object is refused, since this
 * gateway could check the one and the upstream obey the other; and what is forwarded is what was
 * read, written anew, never the bytes that came.
 */
final class Json {
  /** A few megabytes of empty objects would take a hundred times their length in memory. */
  private static final long MOST_TOKENS = 500_000;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxTokenCount(MOST_TOKENS)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  /** Reads an object; null when it is anything else. */
  static @Nullable ObjectNode object(byte[] bytes) {
    try {
      return STRICT.readTree(new ByteArrayInputStream(bytes)) instanceof ObjectNode object
          ? object
          : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  /** Reads an object; null when it is anything else. */
  static @Nullable ObjectNode object(String text) {
    try {
      return STRICT.readTree(text) instanceof ObjectNode object ? object : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  static ObjectNode object() {
    return STRICT.createObjectNode();
  }

  static byte[] bytes(JsonNode node) {
    return STRICT.writeValueAsBytes(node);
  }

  static String text(JsonNode node) {
    return STRICT.writeValueAsString(node);
  }

  /** Every string in a value, keys of objects left out. */
  static List<String> strings(JsonNode node) {
    var found = new ArrayList<String>();
    collect(node, found);
    return found;
  }

  private static void collect(JsonNode node, List<String> into) {
    if (node.isString()) {
      into.add(node.stringValue());
    } else {
      for (var child : node) {
        collect(child, into);
      }
    }
  }
}
