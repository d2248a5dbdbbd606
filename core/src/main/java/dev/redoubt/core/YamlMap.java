package dev.redoubt.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of a YAML document, read key by key. A key without a value counts as absent. As in {@link
 * YamlNode}, wrong forms become problems and the fallback is given.
 *
 * @since 0.1.0
 */
public final class YamlMap {
  private final YamlNode node;
  private final Map<String, YamlNode> entries;

  YamlMap(YamlNode node, Map<String, YamlNode> entries) {
    this.node = node;
    this.entries = entries;
  }

  /** The map as a node: its line, path and problems. */
  public YamlNode node() {
    return node;
  }

  /** The keys in order. */
  public Set<String> keys() {
    return entries.keySet();
  }

  /** Value of a key; null when the key is absent or has no value. */
  public @Nullable YamlNode get(String key) {
    YamlNode value = entries.get(key);
    return value == null || value.kind() == YamlNode.Kind.NULL ? null : value;
  }

  /** Notes every key that is not known, with the nearest that is. */
  public void checkKeys(List<String> known) {
    for (var e : entries.entrySet()) {
      if (!known.contains(e.getKey())) {
        e.getValue().problem("unknown key", Suggestion.howToMend(e.getKey(), known));
      }
    }
  }

  /** Notes that a key is absent. */
  public void missing(String key, String how) {
    String path = node.path();
    YamlNode empty = entries.get(key);
    int line = empty == null ? node.line() : empty.line();
    node.problems().add(line, path.isEmpty() ? key : path + "." + key, "is missing", how);
  }

  /** Text that must be there and not blank; empty text after a problem. */
  public String requiredText(String key, String how) {
    YamlNode value = get(key);
    if (value == null) {
      if (node.kind() == YamlNode.Kind.MAP) {
        missing(key, how);
      }
      return "";
    }
    String text = value.asText(" ");
    if (text.isBlank() && value.kind() == YamlNode.Kind.TEXT) {
      value.problem("is blank", how);
    }
    return text.isBlank() ? "" : text;
  }

  /** Text, or the fallback where the key is absent. */
  public String text(String key, String fallback) {
    YamlNode value = get(key);
    return value == null ? fallback : value.asText(fallback);
  }

  /** Text, or null where the key is absent. */
  public @Nullable String optionalText(String key) {
    YamlNode value = get(key);
    return value == null ? null : value.asText("");
  }

  /** True or false, or the fallback where the key is absent. */
  public boolean bool(String key, boolean fallback) {
    YamlNode value = get(key);
    return value == null ? fallback : value.asBoolean(fallback);
  }

  /** A number, or the fallback where the key is absent. */
  public double number(String key, double fallback) {
    YamlNode value = get(key);
    return value == null ? fallback : value.asDouble(fallback);
  }

  /** A whole number within bounds, or the fallback where the key is absent. */
  public long integer(String key, long fallback, long min, long max) {
    YamlNode value = get(key);
    return value == null ? fallback : value.asLong(fallback, min, max);
  }

  /** One of the allowed words, or the fallback where the key is absent. */
  public String oneOf(String key, List<String> allowed, String fallback) {
    YamlNode value = get(key);
    return value == null ? fallback : value.asOneOf(allowed, fallback);
  }

  /** Items of a list; none where the key is absent. */
  public List<YamlNode> list(String key) {
    YamlNode value = get(key);
    return value == null ? List.of() : value.asList();
  }

  /** A list of texts; none where the key is absent. */
  public List<String> texts(String key) {
    var texts = new ArrayList<String>();
    for (YamlNode item : list(key)) {
      texts.add(item.asText(""));
    }
    return List.copyOf(texts);
  }

  /**
   * A map of free keys to scalars as they were written, in order; empty where the key is absent.
   */
  public Map<String, String> scalars(String key) {
    YamlNode value = get(key);
    var map = new LinkedHashMap<String, String>();
    if (value != null) {
      value.asOpenMap().entries.forEach((k, v) -> map.put(k, v.asWritten("")));
    }
    return map;
  }
}
