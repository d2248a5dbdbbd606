package dev.redoubt.core;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.GroundTruth;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.PlantedFact.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes an endpoint with its identities and ground truth. */
final class EndpointReader {
  private final EnvironmentText environment;
  private final AccessReader accesses;
  private final LoginReader logins;

  EndpointReader(EnvironmentText environment) {
    this.environment = environment;
    this.accesses = new AccessReader(environment);
    this.logins = new LoginReader(environment);
  }

  Endpoint read(YamlMap map, String name, Location at) {
    map.checkKeys(
        Stream.concat(
                Stream.of(
                    "name",
                    "type",
                    "url",
                    "model",
                    "headers",
                    "identities",
                    "context",
                    "groundTruth"),
                AccessReader.KEYS.stream())
            .toList());
    Access access = accesses.read(map);
    return new Endpoint(
        name,
        at,
        AccessReader.url(map, access),
        map.optionalText("model"),
        environment.headers(map.get("headers")),
        identities(map),
        map.scalars("context"),
        groundTruth(map.get("groundTruth")),
        access,
        AccessReader.price(map.get("price")));
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
      identities.add(
          new Identity(
              name, environment.headers(map.get("headers")), logins.read(map.get("login"))));
    }
    return identities;
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
