package dev.redoubt.guard.engine;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Puts originals back where pseudonyms stand: in a text, in a text that comes in pieces, and in the
 * strings of a JSON text, whatever the pieces and the escapes. What was put back is not looked at
 * again, so an original that looks like a pseudonym stays what it is. Immutable and thread-safe; a
 * {@link Stream} is neither.
 *
 * @since 0.2.0
 */
public final class Restorer {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, String> originals;
  private final List<String> pseudonyms;
  private final Pattern any;

  /**
   * Makes it.
   *
   * @param originals from pseudonym to original; no pseudonym may be empty
   */
  public Restorer(Map<String, String> originals) {
    if (originals.containsKey("")) {
      throw new IllegalArgumentException("a pseudonym must not be empty");
    }
    this.originals = new LinkedHashMap<>(originals);
    // Longest first: one that begins with another must be read as a whole.
    this.pseudonyms =
        originals.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    this.any =
        Pattern.compile(
            pseudonyms.isEmpty()
                ? "(?!)"
                : pseudonyms.stream().map(Pattern::quote).collect(Collectors.joining("|")));
  }

  /** Puts originals back in a whole text. */
  public String text(String text) {
    return any.matcher(text).replaceAll(m -> Matcher.quoteReplacement(original(m.group())));
  }

  private String original(String pseudonym) {
    return originals.getOrDefault(pseudonym, pseudonym);
  }

  /**
   * Puts originals back in the string values of a JSON text, escaped as they must be; what is no
   * JSON is given back as it is.
   */
  public String json(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      return root == null ? json : JSON.writeValueAsString(restored(root));
    } catch (JacksonException unreadable) {
      return json;
    }
  }

  private JsonNode restored(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        object.set(name, restored(object.get(name)));
      }
      return object;
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, restored(array.get(i)));
      }
      return array;
    }
    return node.isString() ? StringNode.valueOf(text(node.stringValue())) : node;
  }

  /** Begins a text that comes in pieces. */
  public Stream stream() {
    return new Stream();
  }

  /** A text in pieces: what may still become a pseudonym is held back. */
  public final class Stream {
    private final StringBuilder held = new StringBuilder();

    private Stream() {}

    /** Takes a piece; gives what is certain by now. */
    public String push(String piece) {
      held.append(piece);
      return release(false);
    }

    /** Ends the text; gives the rest. */
    public String finish() {
      return release(true);
    }

    private String release(boolean last) {
      var out = new StringBuilder();
      int at = 0;
      while (at < held.length()) {
        if (!last && mayGrow(at)) {
          break;
        }
        String found = at(at);
        out.append(found == null ? held.substring(at, at + 1) : original(found));
        at += found == null ? 1 : found.length();
      }
      held.delete(0, at);
      return out.toString();
    }

    /** Says whether what is left from here is the beginning of a pseudonym, and no more. */
    private boolean mayGrow(int from) {
      int left = held.length() - from;
      for (String p : pseudonyms) {
        if (p.length() > left && p.startsWith(held.substring(from))) {
          return true;
        }
      }
      return false;
    }

    private @Nullable String at(int from) {
      for (String p : pseudonyms) {
        if (held.length() - from >= p.length()
            && held.charAt(from) == p.charAt(0)
            && held.substring(from, from + p.length()).equals(p)) {
          return p;
        }
      }
      return null;
    }
  }
}
