package dev.redoubt.runtime.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds tool calls in what a model wrote. Small models wrap them as they please: bare JSON, a code
 * fence, {@code <tool_call>} tags, several in a row, with words before and after, without the last
 * brace. What counts is an object that names a tool which the request offers.
 */
final class ToolCallParser {
  private static final int MOST_CALLS = 16;
  // Each brace is a try; a reply full of them must not take long.
  private static final int MOST_TRIES = 200;
  private static final Pattern WRAPPING =
      Pattern.compile("```[a-z_]{0,16}\\s*```|</?tool_call>|^\\s*```[a-z_]{0,16}\\s*$");

  private ToolCallParser() {}

  /**
   * What a reply says and what it calls.
   *
   * @param text the words around the calls; absent where there are none
   * @param calls the calls
   */
  record Parsed(@Nullable String text, List<ToolCall> calls) {}

  /**
   * Takes a reply apart.
   *
   * @param reply what the model wrote
   * @param tools names of the tools that it may call
   * @param idPrefix start of the calls' ids
   */
  static Parsed parse(String reply, Set<String> tools, String idPrefix) {
    if (tools.isEmpty() || reply.indexOf('{') < 0) {
      return new Parsed(reply, List.of());
    }
    var calls = new ArrayList<ToolCall>();
    var words = new StringBuilder();
    int copied = 0;
    int tries = 0;
    int at = reply.indexOf('{');
    while (at >= 0 && calls.size() < MOST_CALLS && tries++ < MOST_TRIES) {
      int end = endOfObject(reply, at);
      var call = end < 0 ? null : call(reply.substring(at, end), tools, idPrefix + calls.size());
      if (call == null && end < 0) {
        // The closing braces may just be missing at the very end.
        call = call(closed(reply, at), tools, idPrefix + calls.size());
        end = reply.length();
      }
      if (call != null) {
        calls.add(call);
        words.append(reply, copied, at);
        copied = end;
        at = reply.indexOf('{', end);
      } else {
        at = reply.indexOf('{', at + 1);
      }
    }
    if (calls.isEmpty()) {
      return new Parsed(reply, List.of());
    }
    words.append(reply, copied, reply.length());
    var rest = WRAPPING.matcher(words).replaceAll("").replaceAll("[\\s,\\[\\]]+$", "").strip();
    return new Parsed(rest.isEmpty() || rest.equals("[") ? null : rest, calls);
  }

  private static @Nullable ToolCall call(String json, Set<String> tools, String id) {
    JsonNode node;
    try {
      node = OpenAiJson.mapper().readTree(json);
    } catch (JacksonException e) {
      return null;
    }
    if (node.path("function").isObject()) {
      node = node.path("function");
    }
    var name = node.path("name");
    if (!name.isString() || !tools.contains(name.stringValue())) {
      return null;
    }
    var arguments = node.has("arguments") ? node.path("arguments") : node.path("parameters");
    if (arguments.isString()) {
      try {
        arguments = OpenAiJson.mapper().readTree(arguments.stringValue());
      } catch (JacksonException e) {
        return null;
      }
    }
    return arguments.isObject() ? new ToolCall(id, name.stringValue(), arguments.toString()) : null;
  }

  /** Position behind the object that starts here; -1 where it does not end. */
  private static int endOfObject(String text, int start) {
    int depth = 0;
    boolean inString = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private static String closed(String text, int start) {
    int depth = 0;
    int last = start;
    boolean inString = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
        last = i + 1;
      }
    }
    return depth > 0 && depth <= 4 && last > start
        ? text.substring(start, last) + "}".repeat(depth)
        : "";
  }
}
