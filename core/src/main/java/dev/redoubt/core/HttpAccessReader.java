package dev.redoubt.core;

import dev.redoubt.core.Access.ConversationId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the template of an HTTP target. */
final class HttpAccessReader {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH");

  private final EnvironmentText environment;

  HttpAccessReader(EnvironmentText environment) {
    this.environment = environment;
  }

  Access read(YamlMap map) {
    map.checkKeys(
        List.of(
            "method",
            "path",
            "headers",
            "query",
            "form",
            "body",
            "reply",
            "toolCalls",
            "stream",
            "done",
            "error",
            "conversation",
            "cookies",
            "usage"));
    String path = map.text("path", "");
    Map<String, String> headers = environment.headers(map.get("headers"));
    Map<String, String> query = environment.plains(map.get("query"));
    Map<String, String> form = environment.plains(map.get("form"));
    String body = body(map, headers, form);
    says(
        map.node(),
        Stream.of(List.of(path, body), query.values(), form.values())
            .flatMap(texts -> texts.stream())
            .toList());
    YamlNode usageNode = map.get("usage");
    YamlMap usage = usageNode == null ? null : usageNode.asMap("prompt", "completion");
    String stream = map.oneOf("stream", List.of("none", "sse", "ndjson"), "none");
    return new Access.Http(
        map.oneOf("method", METHODS, "POST"),
        path,
        headers,
        query,
        form,
        body,
        path(map, "reply"),
        path(map, "toolCalls"),
        Access.Stream.valueOf(stream.toUpperCase(Locale.ROOT)),
        path(map, "done"),
        path(map, "error"),
        conversation(map.get("conversation")),
        map.bool("cookies", false),
        usage == null ? null : path(usage, "prompt"),
        usage == null ? null : path(usage, "completion"));
  }

  private String body(YamlMap map, Map<String, String> headers, Map<String, String> form) {
    YamlNode node = map.get("body");
    if (node == null) {
      return "";
    }
    if (!form.isEmpty()) {
      node.problem("stands beside a form", "keep one of the two");
    }
    boolean json =
        headers.entrySet().stream()
            .noneMatch(header ->
                header.getKey().equalsIgnoreCase("content-type")
                    && !header.getValue().contains("json"));
    return json ? json(environment, node) : environment.plain(node);
  }

  private @Nullable ConversationId conversation(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("start", "from", "uuid");
    YamlNode start = map.get("start");
    String from = path(map, "from");
    boolean uuid = map.bool("uuid", false);
    if (Stream.of(start != null, from != null, uuid).filter(given -> given).count() != 1) {
      node.problem("says not just one of start, from and uuid", "keep one: uuid: true");
    }
    if (start == null) {
      return from == null ? new ConversationId.Generated() : new ConversationId.Answered(from);
    }
    YamlMap request = start.asMap("method", "url", "body", "id");
    YamlNode body = request.get("body");
    YamlNode id = request.get("id");
    if (id == null && start.kind() == YamlNode.Kind.MAP) {
      request.missing("id", "the JSONPath of the id in the answer: $.id");
    }
    String idPath = path(request, "id");
    return new ConversationId.Started(
        request.oneOf("method", METHODS, "POST"),
        EndpointChecks.requiredUrl(request, "url", "where a conversation begins"),
        body == null ? "" : json(environment, body),
        idPath == null ? "$" : idPath);
  }

  /** A template: JSON where it begins like an object or a list. */
  static String template(EnvironmentText environment, YamlNode node) {
    String text = node.asWritten("").strip();
    return (text.startsWith("{") && !text.startsWith("{{")) || text.startsWith("[")
        ? json(environment, node)
        : environment.plain(node);
  }

  private static String json(EnvironmentText environment, YamlNode node) {
    String text = environment.json(node);
    EndpointChecks.json(node, text);
    return text;
  }

  /** Notes templates that never say anything. */
  static void says(YamlNode node, List<String> templates) {
    if (templates.stream().noneMatch(t -> t.contains("{{text}}") || t.contains("{{messages}}"))) {
      node.problem("has no {{text}}", "put {{text}} where the words go");
    }
  }

  static @Nullable String path(YamlMap map, String key) {
    YamlNode node = map.get(key);
    if (node == null) {
      return null;
    }
    String path = node.asText("$");
    EndpointChecks.jsonPath(node, path);
    return path;
  }
}
