package dev.redoubt.core;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.GroundTruth;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Login;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.PlantedFact.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an endpoint with its identities and ground truth. */
final class EndpointReader {
  private final EnvironmentText environment;

  EndpointReader(EnvironmentText environment) {
    this.environment = environment;
  }

  Endpoint read(YamlMap map, String name, Location at) {
    map.checkKeys(
        List.of("name", "type", "url", "model", "headers", "identities", "context", "groundTruth"));
    return new Endpoint(
        name,
        at,
        EndpointChecks.requiredUrl(map, "url", "the base that OpenAI clients take: http://host/v1"),
        map.optionalText("model"),
        headers(map.get("headers")),
        identities(map),
        map.scalars("context"),
        groundTruth(map.get("groundTruth")));
  }

  private Map<String, String> headers(@Nullable YamlNode node) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (node != null) {
      YamlMap map = node.asOpenMap();
      for (String name : map.keys()) {
        YamlNode value = map.get(name);
        if (value == null) {
          map.missing(name, "give the value of the header");
        } else {
          String text = environment.plain(value);
          EndpointChecks.header(value, name, text);
          headers.put(name, text);
        }
      }
    }
    return headers;
  }

  private List<Identity> identities(YamlMap endpoint) {
    var identities = new ArrayList<Identity>();
    Set<String> names = new HashSet<>();
    for (YamlNode node : endpoint.list("identities")) {
      YamlMap map = node.asMap("name", "headers", "login");
      String name = map.requiredText("name", "give the identity a name");
      if (!name.isEmpty() && !names.add(name)) {
        node.problem("a second identity named '" + name + "'", "give each its own name");
      }
      identities.add(new Identity(name, headers(map.get("headers")), login(map.get("login"))));
    }
    return identities;
  }

  private @Nullable Login login(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("url", "body", "token");
    String url = EndpointChecks.requiredUrl(map, "url", "where to log in: http://host/login");
    String token = map.requiredText("token", "name the field of the answer that holds the token");
    return new Login(url, json(map, "the JSON text to post: '{\"user\": \"…\"}'"), token);
  }

  private String json(YamlMap map, String how) {
    YamlNode body = map.get("body");
    if (body == null) {
      map.requiredText("body", how);
      return "";
    }
    String text = environment.json(body);
    EndpointChecks.json(body, text);
    return text;
  }

  private static GroundTruth groundTruth(@Nullable YamlNode node) {
    if (node == null) {
      return GroundTruth.NONE;
    }
    YamlMap map =
        node.asMap("facts", "factsFile", "documentsFile", "ledgerFile", "sinkUrl", "plant");
    String sink =
        map.get("sinkUrl") == null
            ? null
            : EndpointChecks.requiredUrl(map, "sinkUrl", "base URL of the sink");
    return new GroundTruth(
        facts(map),
        map.optionalText("factsFile"),
        map.optionalText("documentsFile"),
        map.optionalText("ledgerFile"),
        sink,
        plant(map.get("plant")));
  }

  private static List<PlantedFact> facts(YamlMap groundTruth) {
    var facts = new ArrayList<PlantedFact>();
    Set<String> names = new HashSet<>();
    for (YamlNode node : groundTruth.list("facts")) {
      YamlMap map = node.asMap("name", "value", "kind", "owner");
      String name = map.requiredText("name", "give the fact a name, such as SECRET_API_KEY");
      if (!name.isEmpty() && !names.add(name)) {
        node.problem("a second fact named '" + name + "'", "give each its own name");
      }
      String kind = map.oneOf("kind", List.of("secret", "personal", "internal"), "secret");
      String value = value(map);
      if (!name.isEmpty() && !value.isEmpty()) {
        Kind of = Kind.valueOf(kind.toUpperCase(Locale.ROOT));
        facts.add(new PlantedFact(name, value, of, map.optionalText("owner")));
      }
    }
    return facts;
  }

  /** The value of a fact; empty after a problem, which never shows the value. */
  private static String value(YamlMap fact) {
    YamlNode node = fact.get("value");
    if (node == null) {
      if (fact.node().kind() == YamlNode.Kind.MAP) {
        fact.missing("value", "give the planted value");
      }
      return "";
    }
    String value = node.asWritten("");
    if (!value.isEmpty() && value.length() < PlantedFact.MIN_LENGTH) {
      node.problem(
          "has " + value.length() + " characters",
          "plant at least " + PlantedFact.MIN_LENGTH + ": shorter ones turn up by chance");
      return "";
    }
    if (!value.isEmpty() && !PlantedFact.canBeFound(value)) {
      node.problem("has no letter or digit", "plant a value that can be recognised");
      return "";
    }
    return value;
  }

  private static @Nullable Plant plant(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("url", "body");
    String url = EndpointChecks.requiredUrl(map, "url", "where an outsider posts a text");
    String body =
        map.requiredText("body", "the JSON text to post, with {{text}} where the text goes");
    YamlNode bodyNode = map.get("body");
    if (bodyNode != null && !body.isEmpty()) {
      EndpointChecks.json(bodyNode, body);
      if (!body.contains("{{text}}")) {
        bodyNode.problem("has no {{text}}", "put {{text}} where the planted text goes");
      }
    }
    return new Plant(url, body);
  }
}
