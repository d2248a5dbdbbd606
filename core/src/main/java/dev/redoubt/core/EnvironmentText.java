package dev.redoubt.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${NAME}</code> from the environment, so that credentials stay out of the file.
 * Values never go into messages.
 */
final class EnvironmentText {
  private final Map<String, String> environment;

  EnvironmentText(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The text of a scalar with its variables replaced. */
  String plain(YamlNode node) {
    return replace(node, node.asWritten(""), UnaryOperator.identity());
  }

  /** The JSON text of a scalar with its variables replaced by escaped values. */
  String json(YamlNode node) {
    return replace(node, node.asText(""), EnvironmentText::escape);
  }

  /** A map of free keys to scalars, with variables replaced; empty without a node. */
  Map<String, String> plains(@Nullable YamlNode node) {
    Map<String, String> values = new LinkedHashMap<>();
    if (node != null) {
      YamlMap map = node.asOpenMap();
      for (String name : map.keys()) {
        YamlNode value = map.get(name);
        if (value == null) {
          map.missing(name, "give its value");
        } else {
          values.put(name, plain(value));
        }
      }
    }
    return values;
  }

  /** Headers with variables replaced, checked; empty without a node. */
  Map<String, String> headers(@Nullable YamlNode node) {
    Map<String, String> headers = plains(node);
    if (node != null) {
      YamlMap map = node.asOpenMap();
      headers.forEach((name, value) -> {
        YamlNode at = map.get(name);
        if (at != null) {
          EndpointChecks.header(at, name, value);
        }
      });
    }
    return headers;
  }

  private String replace(YamlNode node, String text, UnaryOperator<String> encode) {
    var out = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
      if (at > from && text.charAt(at - 1) == '$') {
        out.append(text, from, at - 1).append("${");
        from = at + 2;
        continue;
      }
      int end = text.indexOf('}', at);
      String name = end < 0 ? "" : text.substring(at + 2, end);
      if (!isName(name)) {
        node.problem("has a ${ that names no variable", "write ${NAME}, or $${ for the characters");
        return "";
      }
      String value = environment.get(name);
      if (value == null) {
        node.problem(
            "environment variable " + name + " is not set", "set it: export " + name + "=…");
        value = "";
      }
      out.append(text, from, at).append(encode.apply(value));
      from = end + 1;
    }
    return out.append(text, from, text.length()).toString();
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  /** Undoes the replacement for writing. */
  static String literal(String value) {
    return value.replace("${", "$${");
  }

  private static String escape(String value) {
    var out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
