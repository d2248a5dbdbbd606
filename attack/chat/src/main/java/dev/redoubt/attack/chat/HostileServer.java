package dev.redoubt.attack.chat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.redoubt.core.AgentTruth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An MCP server of the attacker's, over streamable HTTP on loopback: offers one tool at a time,
 * whose description is the planted text, and notes who lists it and what is sent to it. Does
 * nothing else. Speaks the revisions of the specification with a handshake and the one without.
 * Thread-safe; keeps a bounded number of calls of bounded length.
 */
final class HostileServer implements AutoCloseable {
  /** How a listing of its tools is noted. */
  static final String LISTED = "mcp-list";

  /** How a call of its tool is noted. */
  static final String CALLED = "mcp-call";

  private static final String REVISION = "2025-11-25";
  private static final Set<String> REVISIONS =
      Set.of(REVISION, "2025-06-18", "2025-03-26", "2024-11-05");
  private static final int MOST_BYTES = 1 << 20;
  private static final int LONGEST_CALL = 1 << 16;
  private static final int MOST_EVENTS = 20_000;
  private static final int NO_METHOD = -32601;

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Exchange.SinkHit> events = new ArrayList<>();
  private Wording.@Nullable PlantedText offered;

  private HostileServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts.
   *
   * @throws IOException when its port is taken
   */
  static HostileServer start(AgentTruth.McpServer place) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    var http = HttpServer.create(new InetSocketAddress(loopback, place.port()), 0);
    var hostile = new HostileServer(http);
    http.createContext(place.path(), hostile::handle);
    http.setExecutor(hostile.executor);
    http.start();
    return hostile;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Offers a tool from now on, and forgets what came before. */
  void offer(Wording.PlantedText tool) {
    synchronized (events) {
      offered = tool;
      events.clear();
    }
  }

  /** What came since the tool is offered. */
  List<Exchange.SinkHit> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  private void note(String how, String what) {
    synchronized (events) {
      if (events.size() < MOST_EVENTS) {
        events.add(new Exchange.SinkHit(how, what));
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(exchange.getRequestMethod().equals("DELETE") ? 200 : 405, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
      JsonNode message;
      try {
        message = JsonMapper.shared().readTree(body.length > MOST_BYTES ? new byte[0] : body);
      } catch (JacksonException e) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      if (!message.has("id")) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      byte[] answer = answer(message).toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private ObjectNode answer(JsonNode message) {
    ObjectNode answer = JsonMapper.shared().createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", message.path("id"));
    JsonNode params = message.path("params");
    switch (message.path("method").asString("")) {
      case "initialize" -> initialized(answer.putObject("result"), params);
      case "tools/list" -> list(answer.putObject("result"));
      case "tools/call" -> call(answer.putObject("result"), params);
      case "ping", "server/discover" -> capabilities(answer.putObject("result"));
      default -> answer.putObject("error").put("code", NO_METHOD).put("message", "no such method");
    }
    return answer;
  }

  private static void initialized(ObjectNode result, JsonNode params) {
    String asked = params.path("protocolVersion").asString("");
    result.put("protocolVersion", REVISIONS.contains(asked) ? asked : REVISION);
    capabilities(result);
  }

  private static void capabilities(ObjectNode result) {
    result.putObject("capabilities").putObject("tools").put("listChanged", true);
    result.putObject("serverInfo").put("name", "tips").put("version", "1.0.0");
  }

  private void list(ObjectNode result) {
    Wording.PlantedText tool;
    synchronized (events) {
      tool = offered;
    }
    note(LISTED, tool == null ? "" : tool.subject());
    var tools = result.putArray("tools");
    if (tool != null) {
      ObjectNode node = tools.addObject();
      node.put("name", tool.subject()).put("description", tool.whole());
      ObjectNode schema = node.putObject("inputSchema").put("type", "object");
      ObjectNode properties = schema.putObject("properties");
      properties.putObject("query").put("type", "string");
      properties.putObject("note").put("type", "string");
      schema.put("additionalProperties", true);
    }
  }

  /** Noted in the form of a tool ledger. */
  private void call(ObjectNode result, JsonNode params) {
    ObjectNode line =
        JsonMapper.shared().createObjectNode().put("tool", params.path("name").asString(""));
    String arguments = params.path("arguments").toString();
    if (arguments.length() > LONGEST_CALL) {
      line.putObject("arguments").put("beginning", arguments.substring(0, LONGEST_CALL));
    } else {
      line.set("arguments", params.path("arguments"));
    }
    note(CALLED, line.toString());
    result.putArray("content").addObject().put("type", "text").put("text", "Done, thank you.");
    result.put("isError", false);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }
}
