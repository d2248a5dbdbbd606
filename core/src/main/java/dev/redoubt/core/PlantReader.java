package dev.redoubt.core;

import dev.redoubt.core.Component.Plant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how outsiders get a text into what a system reads. */
final class PlantReader {
  private PlantReader() {}

  /** The short form: a ticket form that takes JSON. */
  static @Nullable Plant ticket(YamlNode node) {
    return channel(node, Plant.TICKET);
  }

  /** A map of channels. */
  static List<Plant> channels(@Nullable YamlNode node) {
    var plants = new ArrayList<Plant>();
    if (node == null) {
      return plants;
    }
    YamlMap map = node.asOpenMap();
    map.checkKeys(Plant.CHANNELS);
    for (String name : map.keys()) {
      YamlNode value = map.get(name);
      Plant plant = value == null ? null : channel(value, name);
      if (plant != null) {
        plants.add(plant);
      }
    }
    return plants;
  }

  private static @Nullable Plant channel(YamlNode node, String channel) {
    YamlMap map = node.asMap("url", "body", "multipart");
    if (channel.equals(Plant.PAGE) && map.keys().isEmpty()) {
      return new Plant(channel, "", "", List.of());
    }
    String url = EndpointChecks.requiredUrl(map, "url", "where an outsider sends a text");
    YamlNode multipart = map.get("multipart");
    if (multipart != null) {
      if (map.get("body") != null) {
        multipart.problem("stands beside body", "keep one of the two");
      }
      List<Plant.Part> parts = parts(multipart);
      return parts.isEmpty() ? null : new Plant(channel, url, "", parts);
    }
    String body =
        map.requiredText("body", "the JSON text to post, with {{text}} where the text goes");
    YamlNode bodyNode = map.get("body");
    if (bodyNode != null && !body.isEmpty()) {
      EndpointChecks.json(bodyNode, body);
      if (!body.contains("{{text}}")) {
        bodyNode.problem("has no {{text}}", "put {{text}} where the planted text goes");
      }
    }
    return new Plant(channel, url, body, List.of());
  }

  private static List<Plant.Part> parts(YamlNode node) {
    var parts = new ArrayList<Plant.Part>();
    for (YamlNode item : node.asList()) {
      YamlMap map = item.asMap("name", "value", "file");
      parts.add(
          new Plant.Part(
              map.requiredText("name", "name the field of the form"),
              map.text("value", "{{text}}"),
              map.optionalText("file")));
    }
    if (parts.stream().noneMatch(p -> p.value().contains("{{text}}"))) {
      node.problem("has no {{text}}", "put {{text}} into the value of one part");
    }
    return parts;
  }
}
