package dev.redoubt.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A request that reached a stub.
 *
 * @param number its number, from 1, among the requests that were counted with it
 * @param method such as {@code POST}
 * @param target path and query, as sent
 * @param headers headers by lower-case name; repeated ones are joined by a comma
 * @param body body as UTF-8 text
 */
public record StubRequest(
    int number, String method, String target, Map<String, String> headers, String body) {
  public StubRequest {
    headers = Map.copyOf(headers);
  }

  /** Looks up a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Parses the body; a missing node when it is no JSON. */
  public JsonNode json() {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** Says whether the caller wants server-sent events. */
  public boolean stream() {
    return json().path("stream").asBoolean(false);
  }

  /** Returns the text of the last message of the user, or an empty text. */
  public String lastUserText() {
    return lastText("user");
  }

  /** Returns the text of the system message, or an empty text. */
  public String systemText() {
    return lastText("system");
  }

  private String lastText(String role) {
    var found = "";
    for (var message : json().path("messages")) {
      if (role.equals(message.path("role").asString(""))) {
        found = textOf(message.path("content"));
      }
    }
    return found;
  }

  private static String textOf(JsonNode content) {
    if (!content.isArray()) {
      return content.asString("");
    }
    var text = new StringBuilder();
    for (var part : content) {
      text.append(part.path("text").asString(""));
    }
    return text.toString();
  }
}
