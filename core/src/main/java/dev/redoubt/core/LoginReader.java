package dev.redoubt.core;

import dev.redoubt.core.Component.Login;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the log-in step of an identity. */
final class LoginReader {
  private final EnvironmentText environment;

  LoginReader(EnvironmentText environment) {
    this.environment = environment;
  }

  @Nullable Login read(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("url", "body", "form", "token", "cookie", "use");
    String url = EndpointChecks.requiredUrl(map, "url", "where to log in: http://host/login");
    Map<String, String> form = environment.plains(map.get("form"));
    String body = "";
    YamlNode bodyNode = map.get("body");
    if (bodyNode != null) {
      body = environment.json(bodyNode);
      EndpointChecks.json(bodyNode, body);
      if (!form.isEmpty()) {
        bodyNode.problem("stands beside a form", "keep one of the two");
      }
    } else if (form.isEmpty()) {
      map.requiredText("body", "the JSON text to post: '{\"user\": \"…\"}', or a form: {user: …}");
    }
    String cookie = map.text("cookie", "");
    String token =
        cookie.isEmpty()
            ? map.requiredText(
                "token", "name the field of the answer that holds the token, or give its cookie")
            : map.text("token", "");
    YamlNode tokenNode = map.get("token");
    if (!cookie.isEmpty() && tokenNode != null) {
      tokenNode.problem("stands beside a cookie", "keep one of the two");
    }
    if (tokenNode != null && token.startsWith("$")) {
      EndpointChecks.jsonPath(tokenNode, token);
    }
    return new Login(url, body, form, token, cookie, use(map.get("use")));
  }

  private Map<String, String> use(@Nullable YamlNode node) {
    if (node == null) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>(environment.headers(node));
    if (headers.values().stream().noneMatch(value -> value.contains("{{token}}"))) {
      node.problem("has no {{token}}", "write X-Session: '{{token}}', for example");
    }
    return headers;
  }
}
