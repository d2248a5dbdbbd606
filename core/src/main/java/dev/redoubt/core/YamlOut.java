package dev.redoubt.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of YAML in the making. */
final class YamlOut {
  private final StringBuilder out = new StringBuilder();

  void line(int indent, String text) {
    out.append(" ".repeat(indent)).append(text).append('\n');
  }

  void text(int indent, String key, String value) {
    line(indent, key + ": " + YamlText.of(value));
  }

  void optional(int indent, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text(indent, key, value);
    }
  }

  /** Starts an item of a list of maps, with its first key. */
  void item(int indent, String key, String value) {
    line(indent, "- " + key + ": " + YamlText.of(value));
  }

  /** A list of texts; nothing where it is empty. */
  void texts(int indent, String key, List<String> values) {
    if (!values.isEmpty()) {
      list(indent, key, values);
    }
  }

  /** A list of texts, empty ones too. */
  void list(int indent, String key, List<String> values) {
    line(
        indent,
        key + ": [" + String.join(", ", values.stream().map(YamlOut::inFlow).toList()) + "]");
  }

  /** Numbers and the like are text here too. */
  private static String inFlow(String value) {
    String text = YamlText.of(value);
    boolean plain =
        text.chars().allMatch(c -> Character.isLetterOrDigit(c) || " ._-".indexOf(c) >= 0);
    return plain || text.startsWith("\"") ? text : "\"" + text + "\"";
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
