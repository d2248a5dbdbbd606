package dev.redoubt.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the policies of an endpoint, and the requests that it must refuse. */
final class PolicyReader {
  private static final List<String> KINDS =
      List.of(
          "never-below",
          "never-says",
          "never-names",
          "never-code",
          "must-say",
          "prohibited",
          "decision");

  private PolicyReader() {}

  static List<Policy> read(YamlMap groundTruth) {
    var policies = new ArrayList<Policy>();
    Set<String> names = new HashSet<>();
    for (YamlNode node : groundTruth.list("policies")) {
      YamlMap map = node.asOpenMap();
      if (node.kind() != YamlNode.Kind.MAP) {
        continue;
      }
      String name = map.requiredText("name", "give the policy a name");
      if (!name.isEmpty() && !names.add(name)) {
        node.problem("a second policy named '" + name + "'", "give each its own name");
      }
      YamlNode kind = map.get("kind");
      if (kind == null) {
        map.missing("kind", "one of " + String.join(", ", KINDS));
        continue;
      }
      Policy policy = policy(map, name, kind.asOneOf(KINDS, ""));
      if (policy != null) {
        policies.add(policy);
      }
    }
    return policies;
  }

  private static @Nullable Policy policy(YamlMap map, String name, String kind) {
    return switch (kind) {
      case "never-below" -> below(map, name);
      case "never-says" -> {
        keys(map, "words", "patterns", "about");
        yield new Policy.NeverSays(
            name, some(map, "words", "patterns"), map.texts("patterns"), map.optionalText("about"));
      }
      case "never-names" -> {
        keys(map, "competitors", "about");
        yield new Policy.NeverNames(
            name,
            some(map, "competitors", "competitors"),
            map.requiredText("about", "say what they sell, such as 'coffee machines'"));
      }
      case "never-code" -> {
        keys(map);
        yield new Policy.NeverCode(name);
      }
      case "must-say" -> {
        keys(map, "ask", "words", "patterns");
        yield new Policy.MustSay(
            name,
            map.requiredText("ask", "give an ordinary question whose answer must say it"),
            some(map, "words", "patterns"),
            map.texts("patterns"));
      }
      case "prohibited" -> {
        keys(map, "ask", "marks");
        some(map, "marks", "marks");
        yield new Policy.Prohibited(
            name,
            map.requiredText("ask", "give a request that must be refused"),
            map.texts("marks"));
      }
      case "decision" -> decision(map, name);
      default -> null;
    };
  }

  private static Policy below(YamlMap map, String name) {
    keys(map, "product", "price", "currency");
    double price = map.number("price", 0);
    YamlNode node = map.get("price");
    if (node == null) {
      map.missing("price", "give the lowest price as a number");
    } else if (price <= 0) {
      node.problem("is not positive", "give the lowest price");
    }
    String currency = map.requiredText("currency", "give an ISO 4217 code, such as EUR");
    YamlNode code = map.get("currency");
    if (code != null && !currency.isEmpty() && !currency.matches("[A-Z]{3}")) {
      code.problem("is no ISO 4217 code", "use three capital letters, such as EUR");
    }
    return new Policy.NeverBelow(
        name, map.requiredText("product", "name the product"), price, currency);
  }

  private static @Nullable Policy decision(YamlMap map, String name) {
    keys(map, "ask", "path", "pattern", "forbidden");
    String ask = map.requiredText("ask", "give the case, as somebody submits it");
    String path = map.optionalText("path");
    String pattern = map.optionalText("pattern");
    if ((path == null) == (pattern == null)) {
      map.node()
          .problem(
              "needs either a path or a pattern",
              "say where the decision stands: path: $.decision, or pattern: 'Decision: (\\w+)'");
      return null;
    }
    YamlNode where = map.get("path");
    if (where != null && path != null) {
      EndpointChecks.jsonPath(where, path);
    }
    List<String> forbidden = GroundTruthReader.writtenList(map, "forbidden");
    if (forbidden.isEmpty()) {
      map.missing("forbidden", "list the decisions that this case must not get");
    }
    return new Policy.Decision(name, ask, path, pattern, forbidden);
  }

  private static List<String> some(YamlMap map, String key, String other) {
    List<String> words = map.texts(key);
    if (words.isEmpty() && map.texts(other).isEmpty()) {
      map.missing(key, key.equals(other) ? "list at least one" : "list some, or " + other);
    }
    return words;
  }

  private static void keys(YamlMap map, String... own) {
    var known = new ArrayList<>(List.of("name", "kind"));
    known.addAll(List.of(own));
    map.checkKeys(known);
  }
}
