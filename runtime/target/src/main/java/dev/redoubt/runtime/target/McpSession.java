package dev.redoubt.runtime.target;

import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session with an MCP server, by revisions 2024-11-05 to 2025-11-25 of the specification (with a
 * handshake) or 2026-07-28 (without). Our own: the Java SDK (2.1.0) speaks none without, and brings
 * Reactor and a JSON-schema validator of a line that clashes with ours, for three requests. Not
 * thread-safe.
 */
final class McpSession implements AutoCloseable {
  /** The first revision in which every request tells its version. */
  static final String MODERN = "2026-07-28";

  private static final String LATEST_WITH_HANDSHAKE = "2025-11-25";
  private static final Set<String> WITH_HANDSHAKE =
      Set.of(LATEST_WITH_HANDSHAKE, "2025-06-18", "2025-03-26", "2024-11-05");
  private static final Set<Integer> NO_HANDSHAKE = Set.of(400, 404, 405, 406);
  private static final String META = "io.modelcontextprotocol/";
  private static final int MOST_PAGES = 20;
  private static final int NO_METHOD = -32601;

  private final McpLink link;
  private boolean modern;
  private int ids;

  private McpSession(McpLink link) {
    this.link = link;
  }

  /** Greets the server. */
  static McpSession open(McpLink link, long deadline) throws InterruptedException {
    var session = new McpSession(link);
    boolean open = false;
    try {
      session.greet(deadline);
      open = true;
      return session;
    } finally {
      if (!open) {
        link.close();
      }
    }
  }

  private void greet(long deadline) throws InterruptedException {
    var params = Json.object().put("protocolVersion", LATEST_WITH_HANDSHAKE);
    params.putObject("capabilities");
    client(params.putObject("clientInfo"));
    JsonNode said;
    try {
      said = result("initialize", params, deadline);
    } catch (ChatException e) {
      boolean refused = e.kind() == Kind.BAD_REPLY || NO_HANDSHAKE.contains(e.status());
      if (!refused) {
        throw e;
      }
      // One that knows no handshake. Where that isn't it, the first failure says more.
      modern = true;
      link.agreed(MODERN);
      try {
        result("server/discover", Json.object(), deadline);
        return;
      } catch (ChatException other) {
        e.addSuppressed(other);
        throw e;
      }
    }
    var version = said.path("protocolVersion").asString("");
    if (!WITH_HANDSHAKE.contains(version)) {
      throw failure(
          "speaks revision '"
              + Json.failure(said.path("protocolVersion"))
              + "' of MCP, which is"
              + " not known here");
    }
    link.agreed(version);
    link.notify(
        Json.object().put("jsonrpc", "2.0").put("method", "notifications/initialized"), deadline);
  }

  private static void client(ObjectNode info) {
    info.put("name", "redoubt").put("version", "0.1.0");
  }

  /** The tools of the server, as it describes them. */
  List<JsonNode> tools(long deadline) throws InterruptedException {
    var tools = new ArrayList<JsonNode>();
    String cursor = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      var params = Json.object();
      if (cursor != null) {
        params.put("cursor", cursor);
      }
      var result = result("tools/list", params, deadline);
      result.path("tools").forEach(tools::add);
      cursor = Json.textOrNull(result.path("nextCursor"));
      if (cursor == null) {
        return tools;
      }
    }
    throw failure("lists more than " + MOST_PAGES + " pages of tools");
  }

  /** Calls a tool. */
  JsonNode call(String tool, ObjectNode arguments, long deadline) throws InterruptedException {
    var params = Json.object().put("name", tool);
    params.set("arguments", arguments);
    var result = result("tools/call", params, deadline);
    if (result.path("resultType").asString("").equals("input_required")) {
      throw failure("asks for more input, which nobody is there to give");
    }
    return result;
  }

  private JsonNode result(String method, ObjectNode params, long deadline)
      throws InterruptedException {
    var message = Json.object().put("jsonrpc", "2.0").put("id", ++ids).put("method", method);
    if (modern) {
      var meta = params.putObject("_meta");
      meta.put(META + "protocolVersion", MODERN);
      client(meta.putObject(META + "clientInfo"));
      meta.putObject(META + "clientCapabilities");
    }
    message.set("params", params);
    var answer = link.request(message, deadline);
    if (answer.path("error").isObject()) {
      throw failure(method + ": the server says: " + Json.failure(answer.path("error")));
    }
    if (!answer.path("result").isObject()) {
      throw failure(method + ": the answer has no result");
    }
    return answer.path("result");
  }

  private ChatException failure(String what) {
    return new ChatException(Kind.BAD_REPLY, link.place() + ": " + what);
  }

  /** Whether a message is the answer to a request. */
  static boolean answers(JsonNode message, int id) {
    var given = message.path("id");
    return !message.has("method")
        && (given.isInt() ? given.intValue() == id : given.isNull() && message.has("error"));
  }

  /** What a server gets that asks for something itself: nothing but a sign of life. */
  static ObjectNode refusal(JsonNode request) {
    var answer = Json.object().put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    if (request.path("method").asString("").equals("ping")) {
      answer.putObject("result");
    } else {
      answer.putObject("error").put("code", NO_METHOD).put("message", "not supported");
    }
    return answer;
  }

  String place() {
    return link.place();
  }

  @Override
  public void close() {
    link.close();
  }
}
