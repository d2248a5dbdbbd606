package dev.redoubt.guard.engine.internal;

import dev.redoubt.guard.engine.ToolCallView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The arguments of a tool call, read strictly: a key that comes twice is refused, since the guard
 * might read one value and the tool the other.
 */
final class Arguments {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonNode root;

  private Arguments(JsonNode root) {
    this.root = root;
  }

  /** A scalar of the arguments: its top-level argument and its text. */
  record Leaf(String argument, String text) {}

  /** Reads them; null when they are no JSON object without duplicates. */
  static @Nullable Arguments read(ToolCallView call) {
    try {
      JsonNode node = STRICT.readTree(call.argumentsJson());
      return node != null && node.isObject() ? new Arguments(node) : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /**
   * Values of a top-level argument, whatever the case of its letters: a tool may be more lenient
   * than the policy's author was.
   */
  List<JsonNode> values(String name) {
    var values = new ArrayList<JsonNode>();
    for (var e : root.properties()) {
      if (plain(e.getKey()).equals(plain(name))) {
        values.add(e.getValue());
      }
    }
    return values;
  }

  /**
   * All words that a call may carry data in besides its scalars: the tool's name, which the model
   * writes as well, and the names of the arguments.
   */
  static List<String> names(ToolCallView call, Arguments arguments) {
    var names = new ArrayList<String>();
    names.add(call.name());
    names.addAll(arguments.root.propertyNames());
    return names;
  }

  /** All scalars, nested ones under the name of their top-level argument. */
  List<Leaf> leaves() {
    var leaves = new ArrayList<Leaf>();
    for (var e : root.properties()) {
      collect(e.getKey(), e.getValue(), leaves);
    }
    return leaves;
  }

  private static void collect(String argument, JsonNode node, List<Leaf> into) {
    if (node.isObject()) {
      for (var e : node.properties()) {
        // A key can carry an address as well as a value can.
        into.add(new Leaf(argument, e.getKey()));
        collect(argument, e.getValue(), into);
      }
    } else if (node.isArray()) {
      node.forEach(item -> collect(argument, item, into));
    } else if (node.isNumber() || node.isString()) {
      into.add(new Leaf(argument, node.asString()));
    }
  }

  /** Says whether there is an argument whose name is none of these. */
  boolean hasOther(Set<String> known) {
    return root.properties().stream()
        .anyMatch(e -> known.stream().noneMatch(k -> sameName(k, e.getKey())));
  }

  /** Says whether two names mean one argument, as lenient as {@link #values}. */
  static boolean sameName(String a, String b) {
    return plain(a).equals(plain(b));
  }

  private static String plain(String name) {
    return Plain.fold(name).replace("_", "").replace("-", "");
  }

  /**
   * Says whether two names mean one tool: case, surrounding blanks, invisible and wide letters, a
   * name space and parentheses aside.
   */
  static boolean sameTool(String a, String b) {
    return bare(a).equals(bare(b));
  }

  private static String bare(String tool) {
    String name = Plain.fold(tool).strip().replaceAll("\\(\\s*\\)$", "");
    int cut =
        Math.max(name.lastIndexOf('.'), Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')));
    return name.substring(cut + 1);
  }
}
