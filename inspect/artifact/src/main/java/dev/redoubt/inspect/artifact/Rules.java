package dev.redoubt.inspect.artifact;

import dev.redoubt.core.Reference;
import dev.redoubt.core.Severity;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of this version: those of the engine and one resource {@code rules/<id>.yaml} for each
 * {@link FormatReader}. Read only when somebody asks for a rule's words.
 */
public final class Rules {
  /** What every id starts with. */
  public static final String PREFIX = "inspect.artifact.";

  private static final String ENGINE = "engine";

  private final Map<String, Rule> rules;

  private Rules(Map<String, Rule> rules) {
    this.rules = rules;
  }

  private static final class Shipped {
    static final Rules RULES = read();
  }

  /** The rules that this version ships. */
  public static Rules shipped() {
    return Shipped.RULES;
  }

  /** All rules, the engine's first. */
  public List<Rule> all() {
    return List.copyOf(rules.values());
  }

  /** Finds a rule by its whole id. */
  public Optional<Rule> find(String id) {
    return Optional.ofNullable(rules.get(id));
  }

  private static Rules read() {
    var rules = new LinkedHashMap<String, Rule>();
    var names = new ArrayList<String>();
    names.add(ENGINE);
    Readers.all().forEach(reader -> names.add(reader.id()));
    FolderReader.all().forEach(reader -> names.add(reader.id()));
    for (String name : names) {
      for (Rule rule : read(name)) {
        rules.put(rule.id(), rule);
      }
    }
    return new Rules(rules);
  }

  private static List<Rule> read(String name) {
    String resource = "rules/" + name + ".yaml";
    String text;
    try (InputStream in = Rules.class.getResourceAsStream(resource)) {
      if (in == null) {
        return List.of();
      }
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " can't be read from the jar", e);
    }
    var problems = new YamlProblems(resource);
    var rules = new ArrayList<Rule>();
    for (YamlNode node : YamlNode.parse(text, problems).asList()) {
      rules.add(rule(node.asMap("id", "title", "severity", "description", "remedy", "references")));
    }
    problems.throwIfAny();
    return rules;
  }

  private static Rule rule(YamlMap map) {
    var references = new ArrayList<Reference>();
    map.scalars("references")
        .forEach((framework, ids) -> {
          for (String id : ids.split(" ", -1)) {
            references.add(new Reference(framework, id));
          }
        });
    return new Rule(
        PREFIX + map.requiredText("id", "name the rule"),
        map.requiredText("title", "say in a line what is wrong"),
        Severity.of(map.text("severity", "high")),
        map.requiredText("description", "say what it looks at"),
        map.requiredText("remedy", "say what to do"),
        references);
  }
}
