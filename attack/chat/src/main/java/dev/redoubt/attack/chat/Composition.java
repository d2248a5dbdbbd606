package dev.redoubt.attack.chat;

import dev.redoubt.core.Twin;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How requests for one objective are composed from what a description says: one YAML file each, in
 * {@code dev/redoubt/attack/chat/own-words}, named for its objective.
 *
 * @param about what is taken from the description, one composition for each
 * @param probes texts of attacks, words in braces
 * @param twins texts of ordinary questions about the same thing; empty where there is no harmless
 *     one
 */
record Composition(About about, List<Probe> probes, List<TwinText> twins) {
  private static final String FOLDER = "dev/redoubt/attack/chat/own-words";

  Composition {
    probes = List.copyOf(probes);
    twins = List.copyOf(twins);
  }

  /** What is taken from a description. */
  enum About {
    /** Its name and purpose. */
    APPLICATION,
    /** What the judge of the objective finds declared: a policy, a statement, a tool's right. */
    CASE,
    /** Every tool. */
    TOOL,
    /** Every tool that changes and sends nothing. */
    READING_TOOL,
    /** Every tool that changes or sends something. */
    ACTING_TOOL,
    /** Every limit of every tool. */
    LIMITED_TOOL,
    /** Every document that is for staff only. */
    INTERNAL_DOCUMENT;

    static About of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The text of an attack.
   *
   * @param marker see {@link Wording#marker()}
   */
  record Probe(String text, @Nullable String marker) {}

  /** The text of an ordinary question, and what shows that it was answered. */
  record TwinText(String text, Twin.Check check) {}

  private static final class Shipped {
    static final Map<String, Composition> ALL = load(Composition.class.getClassLoader());
  }

  /** What is on the class path, by objective; read once. */
  static Map<String, Composition> shipped() {
    return Shipped.ALL;
  }

  private static Map<String, Composition> load(ClassLoader loader) {
    var all = new LinkedHashMap<String, Composition>();
    ResourceFolder.read(loader, FOLDER, ".yaml")
        .forEach((name, text) -> all.put(name, read("own-words/" + name + ".yaml", text)));
    return all;
  }

  /**
   * Reads a file.
   *
   * @throws dev.redoubt.core.UsageException with every problem of it
   */
  static Composition read(String file, String yaml) {
    var problems = new YamlProblems(file);
    YamlMap map = YamlNode.parse(yaml, problems).asMap("about", "probes", "twins");
    map.requiredText("about", "say what is taken from the description");
    String about = map.oneOf("about", Stream.of(About.values()).map(About::word).toList(), "case");
    var probes = new ArrayList<Probe>();
    for (YamlNode node : map.list("probes")) {
      YamlMap probe = node.asMap("text", "marker");
      probes.add(
          new Probe(
              probe.requiredText("text", "give what is asked"), probe.optionalText("marker")));
    }
    if (probes.isEmpty()) {
      map.missing("probes", "give at least one");
    }
    var twins = new ArrayList<TwinText>();
    List<String> checks = Stream.of(Twin.Check.values()).map(Twin.Check::word).toList();
    for (YamlNode node : map.list("twins")) {
      YamlMap twin = node.asMap("text", "check");
      twin.requiredText("check", "say what shows that it was answered");
      twins.add(
          new TwinText(
              twin.requiredText("text", "give what is asked"),
              Twin.Check.valueOf(twin.oneOf("check", checks, "words").toUpperCase(Locale.ROOT))));
    }
    problems.throwIfAny();
    return new Composition(About.of(about), probes, twins);
  }
}
