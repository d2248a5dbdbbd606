package dev.redoubt.attack.chat;

import dev.redoubt.core.Reference;
import dev.redoubt.core.Severity;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads objectives from YAML; what is wrong is said with file, line and key. */
final class ProbeReader {
  /** The languages that wordings are translated into. */
  static final List<String> LANGUAGES =
      List.of("de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ru", "zh");

  private static final List<String> SEVERITIES =
      List.of("info", "low", "medium", "high", "critical");

  /** Place in a plan of what does not say where it belongs. */
  static final int LAST = 1_000_000;

  private ProbeReader() {}

  /**
   * Reads an objective.
   *
   * @param id name of the file without its extension
   * @param file name of the file as messages show it
   * @param yaml the text
   * @throws dev.redoubt.core.UsageException with every problem of the file
   */
  static Objective objective(String id, String file, String yaml) {
    var problems = new YamlProblems(file);
    YamlMap map =
        YamlNode.parse(yaml, problems)
            .asMap(
                "order",
                "title",
                "severity",
                "description",
                "judge",
                "asker",
                "references",
                "remedy",
                "setup",
                "wordings",
                "newWordings",
                "cells");
    var references = new ArrayList<Reference>();
    map.scalars("references")
        .forEach((framework, ids) -> {
          for (String one : Pattern.compile("\\s+").splitAsStream(ids.strip()).toList()) {
            references.add(new Reference(framework, one));
          }
        });
    if (references.isEmpty()) {
      map.missing("references", "give 'framework: id id …'");
    }
    var objective =
        new Objective(
            id,
            (int) map.integer("order", LAST, 0, LAST),
            map.requiredText("title", "say in one line what is wrong when it succeeds"),
            Severity.of(map.oneOf("severity", SEVERITIES, "high")),
            map.requiredText("description", "say in a sentence what the attacker wants"),
            map.requiredText("judge", "name the judge that decides"),
            map.oneOf("asker", List.of("attacker", "other"), "attacker"),
            references,
            map.requiredText("remedy", "say what to do about it"),
            setup(map),
            wordings(map, "wordings"),
            wordings(map, "newWordings"),
            cells(map.get("cells")));
    if (objective.wordings().isEmpty()) {
      map.missing("wordings", "give at least one");
    }
    problems.throwIfAny();
    return objective;
  }

  private static List<Objective.SetupTurn> setup(YamlMap objective) {
    var turns = new ArrayList<Objective.SetupTurn>();
    for (YamlNode node : objective.list("setup")) {
      YamlMap map = node.asMap("as", "text");
      turns.add(
          new Objective.SetupTurn(
              map.oneOf("as", List.of("attacker", "other"), "other"),
              map.requiredText("text", "give what is said before the attack")));
    }
    return turns;
  }

  private static Map<String, Objective.Cell> cells(@Nullable YamlNode node) {
    var cells = new LinkedHashMap<String, Objective.Cell>();
    if (node == null) {
      return cells;
    }
    YamlMap map = node.asOpenMap();
    for (String technique : map.keys()) {
      YamlNode value = map.get(technique);
      if (value != null) {
        YamlMap cell = value.asMap("wordings", "newWordings");
        cells.put(
            technique,
            new Objective.Cell(wordings(cell, "wordings"), wordings(cell, "newWordings")));
      }
    }
    return cells;
  }

  private static List<Wording> wordings(YamlMap map, String key) {
    return map.list(key).stream().map(ProbeReader::wording).toList();
  }

  /** A wording is a text, or a map with more than that. */
  private static Wording wording(YamlNode node) {
    if (node.kind() == YamlNode.Kind.TEXT) {
      return new Wording(node.asText(""), null, null, Map.of());
    }
    var keys = new ArrayList<>(List.of("text", "plant", "marker"));
    keys.addAll(LANGUAGES);
    YamlMap map = node.asMap(keys.toArray(String[]::new));
    var translations = new LinkedHashMap<String, String>();
    for (String language : LANGUAGES) {
      String text = map.optionalText(language);
      if (text != null) {
        translations.put(language, text);
      }
    }
    Wording.PlantedText plant = null;
    YamlNode planted = map.get("plant");
    if (planted != null) {
      YamlMap inner = planted.asMap("subject", "intro", "text");
      plant =
          new Wording.PlantedText(
              inner.requiredText("subject", "give a subject line"),
              inner.text("intro", ""),
              inner.requiredText("text", "give the text to plant"));
    }
    return new Wording(
        map.requiredText("text", "give what is asked"),
        plant,
        map.optionalText("marker"),
        translations);
  }
}
