package dev.redoubt.core;

import dev.redoubt.core.AiSystem.Business;
import dev.redoubt.core.AiSystem.DataFlow;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a system of a parsed {@code redoubt.yaml}; notes problems and reads on. */
final class SystemReader {
  private static final long VERSION = 1;

  private final ComponentReader components;

  SystemReader(String fileName, EnvironmentText environment) {
    this.components = new ComponentReader(fileName, environment);
  }

  AiSystem read(YamlNode root) {
    YamlMap map =
        root.asMap(
            "redoubt",
            "name",
            "purpose",
            "owner",
            "start",
            "extensions",
            "business",
            "components",
            "flows");
    Start.read(map.get("start"));
    Extension.read(map.get("extensions"));
    version(map);
    String name = map.requiredText("name", "give the system a name");
    List<Component> parts = components(map);
    return new AiSystem(
        name,
        map.text("purpose", ""),
        map.text("owner", ""),
        business(map.get("business")),
        parts,
        flows(map, parts));
  }

  private static void version(YamlMap map) {
    YamlNode version = map.get("redoubt");
    if (version == null) {
      if (map.node().kind() == YamlNode.Kind.MAP) {
        map.missing("redoubt", "start the file with 'redoubt: 1', the version of its format");
      }
    } else if (version.kind() != YamlNode.Kind.NUMBER || version.asDouble(0) != VERSION) {
      version.problem("is a version of the format that is not known", "write 'redoubt: 1'");
    }
  }

  private static @Nullable Business business(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("records", "revenueAtStake", "currency");
    for (String key : List.of("records", "revenueAtStake")) {
      if (map.get(key) == null && node.kind() == YamlNode.Kind.MAP) {
        map.missing(key, "give a number, 0 when there is none");
      }
    }
    long records = map.integer("records", 0, 0, Long.MAX_VALUE);
    double revenue = map.number("revenueAtStake", 0);
    YamlNode revenueNode = map.get("revenueAtStake");
    if (revenueNode != null && revenue < 0) {
      revenueNode.problem("is negative", "give revenue a year, 0 or more");
      revenue = 0;
    }
    String currency = map.requiredText("currency", "give an ISO 4217 code, such as EUR");
    YamlNode currencyNode = map.get("currency");
    if (currencyNode != null && !currency.isEmpty() && !CurrencyCodes.known(currency)) {
      currencyNode.problem(
          "'" + currency + "' is no ISO 4217 code", "use three capital letters, such as EUR");
    }
    return new Business(records, revenue, currency);
  }

  /** Loaded only where a file has business facts: the JDK reads its table of currencies. */
  static final class CurrencyCodes {
    private static final Set<String> CODES =
        Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    static boolean known(String code) {
      return CODES.contains(code);
    }
  }

  private List<Component> components(YamlMap map) {
    List<YamlNode> nodes = map.list("components");
    if (nodes.isEmpty() && map.node().kind() == YamlNode.Kind.MAP) {
      YamlNode list = map.get("components");
      if (list == null || list.kind() == YamlNode.Kind.LIST) {
        map.missing(
            "components", "list at least one component: - {name: …, type: endpoint, url: …}");
      }
    }
    var parts = new ArrayList<Component>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (YamlNode node : nodes) {
      Component part = components.read(node);
      if (part == null) {
        continue;
      }
      Integer first = lines.putIfAbsent(part.name(), node.line());
      if (first != null && !part.name().isEmpty()) {
        node.problem(
            "a component named '" + part.name() + "' stands on line " + first + " already",
            "give each its own name");
      }
      parts.add(part);
    }
    return parts;
  }

  private static List<DataFlow> flows(YamlMap map, List<Component> parts) {
    List<String> names = parts.stream().map(Component::name).toList();
    var flows = new ArrayList<DataFlow>();
    for (YamlNode node : map.list("flows")) {
      YamlMap flow = node.asMap("from", "to", "data", "boundary");
      flows.add(
          new DataFlow(
              end(flow, "from", names),
              end(flow, "to", names),
              flow.requiredText("data", "say what flows, such as 'customer questions'"),
              flow.optionalText("boundary")));
    }
    return flows;
  }

  private static String end(YamlMap flow, String key, List<String> names) {
    String name = flow.requiredText(key, "give the name of a component");
    YamlNode node = flow.get(key);
    if (node != null && !name.isEmpty() && !names.contains(name)) {
      node.problem("there is no component '" + name + "'", Suggestion.howToMend(name, names));
    }
    return name;
  }
}
