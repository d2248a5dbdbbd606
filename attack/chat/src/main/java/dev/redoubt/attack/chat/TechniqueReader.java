package dev.redoubt.attack.chat;

import dev.redoubt.core.Suggestion;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Reads techniques from YAML; what is wrong is said with file, line and key. */
final class TechniqueReader {
  private final Map<String, Transform> known;

  private TechniqueReader(Map<String, Transform> known) {
    this.known = known;
  }

  /**
   * Reads a technique.
   *
   * @param id name of the file without its extension
   * @param file name of the file as messages show it
   * @param yaml the text
   * @param transforms those that it may name, by id
   * @throws dev.redoubt.core.UsageException with every problem of the file
   */
  static Technique read(String id, String file, String yaml, Map<String, Transform> transforms) {
    return new TechniqueReader(transforms).read(id, file, yaml);
  }

  private Technique read(String id, String file, String yaml) {
    var problems = new YamlProblems(file);
    YamlMap map =
        YamlNode.parse(yaml, problems)
            .asMap(
                "order",
                "set",
                "title",
                "description",
                "source",
                "note",
                "transforms",
                "on",
                "strategy",
                "script",
                "frames",
                "newFrames");
    List<Transform> transforms = transforms(map);
    String strategy = map.optionalText("strategy");
    List<String> frames = frames(map, "frames");
    List<String> newFrames = frames(map, "newFrames");
    if (frames.isEmpty() && newFrames.isEmpty()) {
      if (strategy == null) {
        map.missing("frames", "give at least one, or newFrames");
      }
      // A strategy has words of its own for every turn.
      frames = List.of("{request}");
      newFrames = frames;
    }
    var technique =
        new Technique(
            id,
            (int) map.integer("order", ProbeReader.LAST, 0, ProbeReader.LAST),
            map.requiredText("title", "name it in one line"),
            map.requiredText("description", "say in a sentence how it works"),
            map.optionalText("source"),
            map.oneOf("set", List.of("standard", "full"), "full").equals("standard"),
            map.optionalText("note"),
            frames,
            newFrames,
            transforms,
            map.oneOf("on", List.of("request", "text"), "request").equals("text")
                ? Technique.On.TEXT
                : Technique.On.REQUEST,
            strategy,
            script(map.get("script")),
            List.of());
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      map.node().problem("is named '" + id + "'", "name the file in small letters and dashes");
    }
    problems.throwIfAny();
    return technique;
  }

  private static List<String> frames(YamlMap map, String key) {
    for (YamlNode frame : map.list(key)) {
      Matcher request = Dress.REQUEST.matcher(frame.asText("{request}"));
      if (!request.find()) {
        frame.problem("has no {request}", "say where the request goes");
      } else if (request.group(1) != null && !ProbeReader.LANGUAGES.contains(request.group(1))) {
        frame.problem(
            "wants the request in '" + request.group(1) + "'",
            "one of " + String.join(", ", ProbeReader.LANGUAGES));
      }
    }
    return map.texts(key);
  }

  /** Each is an id, or an id with a size: {@code filler:6000}. */
  private List<Transform> transforms(YamlMap map) {
    var transforms = new ArrayList<Transform>();
    for (YamlNode node : map.list("transforms")) {
      String[] words = node.asText("").split(":", 2);
      Transform transform = known.get(words[0]);
      if (transform == null) {
        node.problem(
            "no transform '" + words[0] + "'", Suggestion.howToMend(words[0], known.keySet()));
      } else if (words.length == 1) {
        transforms.add(transform);
      } else {
        sized(transform, words[1], node).ifPresent(transforms::add);
      }
    }
    return transforms;
  }

  private static Optional<Transform> sized(Transform transform, String size, YamlNode node) {
    try {
      Optional<Transform> sized = transform.sized(Integer.parseInt(size));
      if (sized.isEmpty()) {
        node.problem("'" + transform.id() + "' has no size", "write " + transform.id());
      }
      return sized;
    } catch (NumberFormatException e) {
      node.problem("'" + size + "' is no whole number", "write " + transform.id() + ":64");
    } catch (IllegalArgumentException e) {
      node.problem(String.valueOf(e.getMessage()), "take a size within the bounds");
    }
    return Optional.empty();
  }

  private static Map<String, List<String>> script(@Nullable YamlNode node) {
    var script = new LinkedHashMap<String, List<String>>();
    if (node != null) {
      YamlMap map = node.asOpenMap();
      map.keys().forEach(name -> script.put(name, map.texts(name)));
    }
    return script;
  }
}
