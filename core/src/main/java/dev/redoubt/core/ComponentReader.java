package dev.redoubt.core;

import dev.redoubt.core.Component.Actor;
import dev.redoubt.core.Component.Codebase;
import dev.redoubt.core.Component.DataStore;
import dev.redoubt.core.Component.Dataset;
import dev.redoubt.core.Component.Deployment;
import dev.redoubt.core.Component.ModelArtifact;
import dev.redoubt.core.Component.Pipeline;
import dev.redoubt.core.Component.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a component of an item of {@code components}. */
final class ComponentReader {
  private static final List<String> TYPES =
      List.of(
          "endpoint",
          "model",
          "dataset",
          "codebase",
          "pipeline",
          "deployment",
          "datastore",
          "tool",
          "actor");

  private final String fileName;
  private final EndpointReader endpoints;

  ComponentReader(String fileName, EnvironmentText environment) {
    this.fileName = fileName;
    this.endpoints = new EndpointReader(environment);
  }

  /** Gives the component; null where it can't be told what it is. */
  @Nullable Component read(YamlNode node) {
    YamlMap map = node.asOpenMap();
    if (node.kind() != YamlNode.Kind.MAP) {
      return null;
    }
    var at = new Location(fileName, node.line());
    String name = map.requiredText("name", "give the component a name");
    YamlNode type = map.get("type");
    if (type == null) {
      map.missing("type", "one of " + String.join(", ", TYPES));
      return null;
    }
    return switch (type.asOneOf(TYPES, "")) {
      case "endpoint" -> endpoints.read(map, name, at);
      case "model" -> {
        map.checkKeys(List.of("name", "type", "path", "source"));
        yield new ModelArtifact(name, at, path(map), map.optionalText("source"));
      }
      case "dataset" -> new Dataset(name, at, onlyPath(map));
      case "codebase" -> new Codebase(name, at, onlyPath(map));
      case "pipeline" -> new Pipeline(name, at, onlyPath(map));
      case "deployment" -> new Deployment(name, at, onlyPath(map));
      case "datastore" -> {
        map.checkKeys(List.of("name", "type", "holds"));
        yield new DataStore(
            name, at, map.requiredText("holds", "say what it holds, such as 'customer tickets'"));
      }
      case "tool" -> tool(map, name, at);
      case "actor" -> {
        map.checkKeys(List.of("name", "type", "trusted"));
        yield new Actor(name, at, map.bool("trusted", false));
      }
      default -> null;
    };
  }

  private static Tool tool(YamlMap map, String name, Location at) {
    map.checkKeys(List.of("name", "type", "acts", "limits", "allowedFor", "confirm", "forbidden"));
    if (map.get("acts") == null) {
      map.missing("acts", "true when a call changes or sends something, else false");
    }
    Map<String, Double> limits = new LinkedHashMap<>();
    YamlNode node = map.get("limits");
    if (node != null) {
      YamlMap entries = node.asOpenMap();
      for (String argument : entries.keys()) {
        if (entries.get(argument) == null) {
          entries.missing(argument, "give the largest value allowed");
        }
        limits.put(argument, entries.number(argument, 0));
      }
    }
    return new Tool(
        name,
        at,
        map.bool("acts", true),
        limits,
        map.get("allowedFor") == null ? null : map.texts("allowedFor"),
        map.bool("confirm", false),
        map.bool("forbidden", false));
  }

  private static String onlyPath(YamlMap map) {
    map.checkKeys(List.of("name", "type", "path"));
    return path(map);
  }

  private static String path(YamlMap map) {
    return map.requiredText("path", "give a path, relative to the folder of this file");
  }
}
