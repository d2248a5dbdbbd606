package dev.redoubt.core;

import dev.redoubt.core.Access.Api;
import dev.redoubt.core.Access.ModelApi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes of an endpoint's description how it is talked to. */
final class AccessReader {
  /** Protocols that have a map of their own name. */
  private static final List<String> WITH_MAP =
      List.of("http", "websocket", "mcp", "program", "java");

  private static final List<String> PROTOCOLS =
      Stream.concat(Arrays.stream(Api.values()).map(Api::word), WITH_MAP.stream()).toList();

  /** Keys of an endpoint that are read here. */
  static final List<String> KEYS =
      Stream.concat(Stream.of("protocol", "stream", "sampling", "price"), WITH_MAP.stream())
          .toList();

  private final EnvironmentText environment;
  private final HttpAccessReader https;

  AccessReader(EnvironmentText environment) {
    this.environment = environment;
    this.https = new HttpAccessReader(environment);
  }

  Access read(YamlMap endpoint) {
    String protocol = endpoint.oneOf("protocol", PROTOCOLS, Api.OPENAI_CHAT.word());
    for (String other : WITH_MAP) {
      YamlNode map = endpoint.get(other);
      if (map != null && !other.equals(protocol)) {
        map.problem("is for protocol " + other, "write protocol: " + other + ", or remove it");
      }
    }
    for (String key : List.of("stream", "sampling")) {
      YamlNode node = endpoint.get(key);
      if (node != null && WITH_MAP.contains(protocol)) {
        node.problem(
            "is for the interfaces of models",
            "remove it; " + protocol + " says such things in its own map");
      }
    }
    return switch (protocol) {
      case "http" -> own(endpoint, protocol, "{body: '{\"q\": \"{{text}}\"}'}", https::read);
      case "websocket" -> own(endpoint, protocol, "{message: '{{text}}'}", this::websocket);
      case "mcp" -> mcp(endpoint);
      case "program" ->
          own(endpoint, protocol, "{command: [python3, target.py]}", AccessReader::program);
      case "java" -> own(endpoint, protocol, "{class: com.example.Assistant}", AccessReader::java);
      default -> {
        Api api = api(protocol);
        yield new ModelApi(
            api, endpoint.bool("stream", false), endpoint.bool("sampling", api.samples()));
      }
    };
  }

  /** Reads the map of a protocol; after a problem, anything will do. */
  private static Access own(
      YamlMap endpoint, String key, String example, Function<YamlMap, Access> reader) {
    YamlNode node = endpoint.get(key);
    if (node == null) {
      endpoint.missing(key, "say how: " + key + ": " + example);
      return Access.OPENAI_CHAT;
    }
    YamlMap map = node.asOpenMap();
    return node.kind() == YamlNode.Kind.MAP ? reader.apply(map) : Access.OPENAI_CHAT;
  }

  private static Api api(String protocol) {
    return Arrays.stream(Api.values())
        .filter(api -> api.word().equals(protocol))
        .findFirst()
        .orElse(Api.OPENAI_CHAT);
  }

  /** The base address; empty where the protocol needs none. */
  static String url(YamlMap endpoint, Access access) {
    // By the word that was written: after a problem the access may be another.
    YamlNode word = endpoint.get("protocol");
    String protocol = word == null ? "" : word.asKey();
    boolean none =
        protocol.equals("program")
            || protocol.equals("java")
            || (access instanceof Access.Mcp mcp && !mcp.command().isEmpty());
    if (none) {
      YamlNode node = endpoint.get("url");
      if (node != null) {
        node.problem("has no use here", "remove it: the target is started, not called");
      }
      return "";
    }
    if (protocol.equals("mcp") && endpoint.get("url") == null) {
      return "";
    }
    return protocol.equals("websocket")
        ? EndpointChecks.requiredUrl(
            endpoint, "url", "where the socket is: ws://host/chat", List.of("ws", "wss"))
        : EndpointChecks.requiredUrl(
            endpoint, "url", "the base that OpenAI clients take: http://host/v1");
  }

  private Access websocket(YamlMap map) {
    map.checkKeys(List.of("open", "greetings", "message", "reply", "toolCalls", "done", "error"));
    YamlNode open = map.get("open");
    YamlNode message = map.get("message");
    String text = "";
    if (message == null) {
      map.requiredText("message", "what is sent for each turn: '{\"text\": \"{{text}}\"}'");
    } else {
      text = HttpAccessReader.template(environment, message);
      HttpAccessReader.says(message, List.of(text));
    }
    return new Access.WebSocket(
        open == null ? "" : HttpAccessReader.template(environment, open),
        (int) map.integer("greetings", 0, 0, 100),
        text,
        HttpAccessReader.path(map, "reply"),
        HttpAccessReader.path(map, "toolCalls"),
        HttpAccessReader.path(map, "done"),
        HttpAccessReader.path(map, "error"));
  }

  private Access mcp(YamlMap endpoint) {
    YamlNode node = endpoint.get("mcp");
    if (node == null) {
      if (endpoint.get("url") == null) {
        endpoint.missing("mcp", "say how: mcp: {command: [server]}, or give a url");
      }
      return new Access.Mcp(List.of(), null, null, Map.of());
    }
    YamlMap map = node.asMap("command", "tool", "argument", "arguments");
    return new Access.Mcp(
        command(map, endpoint.get("url") == null),
        map.optionalText("tool"),
        map.optionalText("argument"),
        environment.plains(map.get("arguments")));
  }

  private static Access program(YamlMap map) {
    map.checkKeys(List.of("command"));
    return new Access.Program(command(map, true));
  }

  private static List<String> command(YamlMap map, boolean required) {
    var words = new ArrayList<String>();
    for (YamlNode word : map.list("command")) {
      words.add(word.asWritten(""));
    }
    YamlNode command = map.get("command");
    if (command == null) {
      if (required && map.node().kind() == YamlNode.Kind.MAP) {
        map.missing("command", "the program and its arguments: [python3, target.py]");
      }
    } else if (words.isEmpty() || words.getFirst().isBlank()) {
      command.problem("names no program", "write [python3, target.py]");
    }
    return words;
  }

  private static Access java(YamlMap map) {
    map.checkKeys(List.of("class", "classpath"));
    return new Access.Java(
        map.requiredText("class", "the full name of the class: com.example.Assistant"),
        map.texts("classpath"));
  }

  static @Nullable Price price(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    YamlMap map = node.asMap("inputPerMillion", "outputPerMillion", "currency");
    String currency = map.requiredText("currency", "give an ISO 4217 code, such as EUR");
    YamlNode currencyNode = map.get("currency");
    if (currencyNode != null
        && !currency.isEmpty()
        && !SystemReader.CurrencyCodes.known(currency)) {
      currencyNode.problem(
          "'" + currency + "' is no ISO 4217 code", "use three capital letters, such as EUR");
    }
    return new Price(amount(map, "inputPerMillion"), amount(map, "outputPerMillion"), currency);
  }

  private static double amount(YamlMap map, String key) {
    YamlNode node = map.get(key);
    if (node == null) {
      if (map.node().kind() == YamlNode.Kind.MAP) {
        map.missing(key, "give the price of a million tokens, 0 when they are free");
      }
      return 0;
    }
    double amount = node.asDouble(0);
    if (amount < 0) {
      node.problem("is negative", "give the price of a million tokens, 0 or more");
      return 0;
    }
    return amount;
  }
}
