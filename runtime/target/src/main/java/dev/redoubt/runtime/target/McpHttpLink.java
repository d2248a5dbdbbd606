package dev.redoubt.runtime.target;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.runtime.llm.BoundedHttp;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.runtime.llm.SseReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Streamable HTTP (MCP specification, "Transports"); one session for each conversation. */
final class McpHttpLink implements McpLink {
  private final HttpLink link;
  private final URI address;
  private final Map<String, String> headers;
  private final int mostBytes;
  private final ExecutorService farewells;
  private @Nullable String session;
  private @Nullable String version;

  McpHttpLink(
      HttpLink link,
      Map<String, String> headers,
      TargetSettings settings,
      ExecutorService farewells) {
    this.link = link;
    this.address = link.base();
    this.headers = headers;
    this.mostBytes = settings.maxReplyBytes();
    this.farewells = farewells;
  }

  static HttpLink open(Endpoint endpoint, TargetSettings settings) {
    return new HttpLink(endpoint, settings);
  }

  @Override
  public JsonNode request(ObjectNode message, long deadline) throws InterruptedException {
    return link.exchange(
        post(message).build(),
        (head, in) -> {
          head.headers().firstValue("mcp-session-id").ifPresent(id -> session = id);
          return answer(head, in, message.path("id").asInt());
        });
  }

  @Override
  public void notify(ObjectNode message, long deadline) throws InterruptedException {
    link.exchange(post(message).build(), (_, in) -> in.readNBytes(mostBytes).length);
  }

  private HttpRequest.Builder post(ObjectNode message) {
    var request =
        request()
            .setHeader("Content-Type", "application/json")
            .setHeader("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofByteArray(Json.bytes(message)));
    if (McpSession.MODERN.equals(version)) {
      request.setHeader("Mcp-Method", message.path("method").asString(""));
      var name = message.path("params").path("name");
      if (name.isString()) {
        BoundedHttp.header(request, "Mcp-Name", name.stringValue());
      }
    }
    return request;
  }

  private HttpRequest.Builder request() {
    var request = link.request(address, headers);
    if (version != null) {
      request.setHeader("MCP-Protocol-Version", version);
    }
    if (session != null) {
      // A server may send anything as its name.
      BoundedHttp.header(request, "Mcp-Session-Id", session);
    }
    return request;
  }

  private JsonNode answer(HttpResponse<?> head, InputStream in, int id) throws IOException {
    var type = head.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.contains("event-stream")) {
      return Json.read(in.readAllBytes());
    }
    var events = new SseReader(in, mostBytes);
    for (String event = events.next(); event != null; event = events.next()) {
      var message = Json.read(event);
      if (McpSession.answers(message, id)) {
        return message;
      }
    }
    throw new ChatException(Kind.RESET, "the stream broke off before the answer");
  }

  @Override
  public void agreed(String agreed) {
    version = agreed;
  }

  @Override
  public String place() {
    return BoundedHttp.place(address);
  }

  /** Ends the session; nobody waits for that. */
  @Override
  public void close() {
    if (session == null) {
      return;
    }
    var request = request().DELETE().build();
    session = null;
    try {
      farewells.execute(() -> farewell(request));
    } catch (RejectedExecutionException e) {
      // The client is closed already: the server will forget the session by itself.
      return;
    }
  }

  private void farewell(HttpRequest request) {
    try {
      link.exchange(request, (_, in) -> in.readNBytes(mostBytes).length);
    } catch (ChatException e) {
      // Servers need not support it.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
