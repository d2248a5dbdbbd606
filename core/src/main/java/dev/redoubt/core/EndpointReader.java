package dev.redoubt.core;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.Identity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes an endpoint with its identities. */
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
        GroundTruthReader.read(map.get("groundTruth")),
        access,
        AccessReader.price(map.get("price")));
  }

  private List<Identity> identities(YamlMap endpoint) {
    var identities = new ArrayList<Identity>();
    Set<String> names = new HashSet<>();
    for (YamlNode node : endpoint.list("identities")) {
      YamlMap map = node.asMap("name", "headers", "login", "sees");
      String name = map.requiredText("name", "give the identity a name");
      if (!name.isEmpty() && !names.add(name)) {
        node.problem("a second identity named '" + name + "'", "give each its own name");
      }
      identities.add(
          new Identity(
              name,
              environment.headers(map.get("headers")),
              logins.read(map.get("login")),
              GroundTruthReader.sees(map.get("sees"))));
    }
    return identities;
  }
}
