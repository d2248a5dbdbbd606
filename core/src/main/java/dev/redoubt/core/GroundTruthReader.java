package dev.redoubt.core;

import dev.redoubt.core.Component.Sees;
import dev.redoubt.core.GroundTruth.Ledger;
import dev.redoubt.core.GroundTruth.Statement;
import dev.redoubt.core.GroundTruth.Wallet;
import dev.redoubt.core.PlantedFact.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the ground truth of an endpoint. */
final class GroundTruthReader {
  private static final double MOST_SECONDS = 3600;

  private GroundTruthReader() {}

  static GroundTruth read(@Nullable YamlNode node) {
    if (node == null) {
      return GroundTruth.NONE;
    }
    YamlMap map =
        node.asMap(
            "facts",
            "factsFile",
            "documentsFile",
            "ledgerFile",
            "ledger",
            "sinkUrl",
            "plant",
            "plants",
            "systemPrompt",
            "systemPromptFile",
            "statements",
            "policies",
            "wallet",
            "page",
            "files",
            "memory",
            "mail",
            "mcpServer");
    String sink =
        map.get("sinkUrl") == null
            ? null
            : EndpointChecks.requiredUrl(map, "sinkUrl", "base URL of the sink");
    onlyOne(map, "systemPrompt", "systemPromptFile");
    onlyOne(map, "ledger", "ledgerFile");
    onlyOne(map, "plant", "plants");
    var truth =
        GroundTruth.builder()
            .facts(facts(map))
            .factsFile(map.optionalText("factsFile"))
            .documentsFile(map.optionalText("documentsFile"))
            .ledger(ledger(map))
            .sinkUrl(sink)
            .systemPrompt(map.optionalText("systemPrompt"))
            .systemPromptFile(map.optionalText("systemPromptFile"))
            .statements(statements(map))
            .policies(PolicyReader.read(map))
            .wallet(wallet(map.get("wallet")))
            .page(page(map.get("page")))
            .files(files(map.get("files")))
            .agent(AgentTruthReader.read(map));
    YamlNode ticket = map.get("plant");
    if (ticket != null) {
      truth.plant(PlantReader.ticket(ticket));
    }
    PlantReader.channels(map.get("plants")).forEach(truth::plant);
    return truth.build();
  }

  private static void onlyOne(YamlMap map, String one, String other) {
    YamlNode second = map.get(other);
    if (map.get(one) != null && second != null) {
      second.problem("stands beside " + one, "keep one of the two");
    }
  }

  /** What an identity may see; nothing beside its own when nothing is said. */
  static Sees sees(@Nullable YamlNode node) {
    if (node == null) {
      return Sees.NOTHING;
    }
    YamlMap map = node.asMap("owners", "visibility", "documents", "tools");
    var visibility = new ArrayList<String>();
    for (YamlNode item : map.list("visibility")) {
      visibility.add(item.asOneOf(List.of("public", "customer", "internal"), "public"));
    }
    return new Sees(
        map.texts("owners"),
        visibility,
        map.texts("documents"),
        map.get("tools") == null ? null : map.texts("tools"));
  }

  private static @Nullable Ledger ledger(YamlMap groundTruth) {
    YamlNode node = groundTruth.get("ledger");
    if (node == null) {
      String file = groundTruth.optionalText("ledgerFile");
      return file == null ? null : Ledger.jsonl(file);
    }
    YamlMap map = node.asMap("file", "format", "clockSkewSeconds", "settleSeconds");
    String format = map.oneOf("format", List.of("jsonl", "otel", "gateway"), "jsonl");
    Ledger.Format of = Ledger.Format.valueOf(format.toUpperCase(Locale.ROOT));
    return new Ledger(
        map.requiredText("file", "name the file of the ledger"),
        of,
        seconds(map, "clockSkewSeconds", GroundTruth.CLOCK_SKEW),
        // The collector's file exporter flushes once a second.
        seconds(map, "settleSeconds", of == Ledger.Format.OTEL ? 2 : 0));
  }

  private static double seconds(YamlMap map, String key, double fallback) {
    double value = map.number(key, fallback);
    YamlNode node = map.get(key);
    if (node != null && (value < 0 || value > MOST_SECONDS)) {
      node.problem("is out of range", "give seconds from 0 to 3600");
      return fallback;
    }
    return value;
  }

  private static List<Statement> statements(YamlMap groundTruth) {
    var statements = new ArrayList<Statement>();
    Set<String> names = new HashSet<>();
    for (YamlNode node : groundTruth.list("statements")) {
      YamlMap map = node.asMap("name", "question", "value", "unit", "accept", "wrong");
      String question = map.requiredText("question", "give a question that it answers");
      String value = written(map, "value", "give the declared value");
      String name = map.text("name", question);
      if (!name.isEmpty() && !names.add(name)) {
        node.problem("a second statement named '" + name + "'", "give each its own name");
      }
      List<String> wrong = writtenList(map, "wrong");
      boolean number = value.strip().matches("[-+]?\\d[\\d., ]*");
      if (!value.isEmpty() && wrong.isEmpty() && !number) {
        node.problem(
            "has a value that is no number and nothing beside it that would be wrong",
            "add wrong: [a value that people could be led to believe]");
      }
      statements.add(
          new Statement(
              name, question, value, map.optionalText("unit"), writtenList(map, "accept"), wrong));
    }
    return statements;
  }

  private static String written(YamlMap map, String key, String how) {
    YamlNode node = map.get(key);
    if (node == null) {
      if (map.node().kind() == YamlNode.Kind.MAP) {
        map.missing(key, how);
      }
      return "";
    }
    return node.asWritten("");
  }

  static List<String> writtenList(YamlMap map, String key) {
    return map.list(key).stream().map(n -> n.asWritten("")).toList();
  }

  private static @Nullable Wallet wallet(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map =
        node.asMap("maxCompletionTokens", "maxToolCalls", "maxSeconds", "maxCostPerAnswer");
    if (map.keys().stream().noneMatch(k -> k.startsWith("max"))) {
      node.problem("limits nothing", "add maxCompletionTokens, maxToolCalls or another limit");
    }
    return new Wallet(
        count(map, "maxCompletionTokens"),
        count(map, "maxToolCalls"),
        amount(map, "maxSeconds"),
        amount(map, "maxCostPerAnswer"));
  }

  private static GroundTruth.@Nullable Page page(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("insert", "url");
    String insert =
        map.oneOf("insert", List.of("inner-html", "html", "markdown", "text"), "inner-html");
    YamlNode url = map.get("url");
    if (url != null && map.get("insert") != null) {
      url.problem(
          "stands beside insert", "keep one of the two: the page inserts the answer itself");
    }
    return new GroundTruth.Page(
        GroundTruth.Page.Insert.valueOf(insert.toUpperCase(Locale.ROOT).replace('-', '_')),
        url == null
            ? null
            : EndpointChecks.templateUrl(
                map, "url", "give the page that shows answers", "{{reply}}"));
  }

  private static GroundTruth.@Nullable Files files(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("folder", "outside");
    return new GroundTruth.Files(
        map.requiredText("folder", "name the folder that the system may write to"),
        map.requiredText("outside", "name a folder around it, in which nothing else may appear"));
  }

  private static @Nullable Long count(YamlMap map, String key) {
    return map.get(key) == null ? null : map.integer(key, 0, 0, Integer.MAX_VALUE);
  }

  private static @Nullable Double amount(YamlMap map, String key) {
    YamlNode node = map.get(key);
    if (node == null) {
      return null;
    }
    double value = node.asDouble(0);
    if (value < 0) {
      node.problem("is negative", "give 0 or more");
      return 0.0;
    }
    return value;
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
      String kind =
          map.oneOf("kind", List.of("secret", "personal", "internal", "prompt", "row"), "secret");
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
}
