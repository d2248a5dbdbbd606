package dev.redoubt.guard.contract;

import dev.redoubt.core.GuardEvent;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.gateway.Gateway;
import dev.redoubt.guard.gateway.GatewayConfig;
import dev.redoubt.testkit.GuardTexts.GuardText;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The guard as a server, before a stub of a model. */
final class GatewayCarrier implements Carrier {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<GuardEvent> events = new ConcurrentLinkedQueue<>();
  private volatile StubReply reply = StubReply.text("fine");
  private final StubEndpoint stub;
  private final Gateway gateway;

  GatewayCarrier(Guard guard) {
    stub = StubEndpoint.builder().script(request -> reply).pieceLength(5).start();
    gateway =
        Gateway.start(GatewayConfig.onLoopback(guard, stub.baseUrl(), Place.BOTH, events::add));
  }

  @Override
  public Seen send(GuardText text) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("model", "m");
    ArrayNode messages = body.putArray("messages");
    reply = StubReply.text("fine");
    switch (text.from()) {
      case USER, DOCUMENT -> message(messages, "user", text.text());
      case TOOL -> {
        message(messages, "user", QUESTION);
        var call = messages.addObject().put("role", "assistant").put("content", "");
        call.putArray("tool_calls")
            .addObject()
            .put("id", "1")
            .put("type", "function")
            .putObject("function")
            .put("name", "look_up")
            .put("arguments", "{}");
        messages
            .addObject()
            .put("role", "tool")
            .put("tool_call_id", "1")
            .put("content", text.text());
      }
      case ANSWER -> {
        message(messages, "user", QUESTION);
        reply = StubReply.text(text.text());
      }
      case CALL -> {
        message(messages, "user", QUESTION + PASSAGE);
        reply = StubReply.toolCall("refund", text.text());
      }
    }
    JsonNode answer = JSON.readTree(post(body).body());
    return switch (text.from()) {
      case USER, DOCUMENT, TOOL -> input(answer);
      case ANSWER -> output(content(answer));
      case CALL -> {
        JsonNode message = answer.path("choices").path(0).path("message");
        JsonNode made = message.path("tool_calls").path(0).path("function").path("arguments");
        yield output(made.isString() ? made.stringValue() : content(answer));
      }
    };
  }

  private Seen input(JsonNode answer) {
    GuardEvent event = event("request");
    if (event.action().equals("block")) {
      return new Seen("block", event.rule(), content(answer));
    }
    JsonNode sent = JSON.readTree(stub.requests().getLast().body()).path("messages");
    return new Seen(
        event.action(), event.rule(), sent.path(sent.size() - 1).path("content").asString(""));
  }

  private Seen output(String text) {
    GuardEvent event = event("response");
    return new Seen(event.action(), event.rule(), text);
  }

  private GuardEvent event(String stage) {
    return Objects.requireNonNull(
        events.stream().filter(e -> e.stage().equals(stage)).reduce((a, b) -> b).orElse(null));
  }

  private static String content(JsonNode answer) {
    return answer.path("choices").path(0).path("message").path("content").asString("");
  }

  @Override
  public Seen stream(GuardText text) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("model", "m").put("stream", true);
    message(body.putArray("messages"), "user", QUESTION);
    reply = StubReply.text(text.text());
    var shown = new StringBuilder();
    for (String line : post(body).body().lines().toList()) {
      if (line.startsWith("data: {")) {
        JsonNode chunk = JSON.readTree(line.substring(6));
        shown.append(chunk.path("choices").path(0).path("delta").path("content").asString(""));
      }
    }
    return output(shown.toString());
  }

  private static void message(ArrayNode to, String role, String content) {
    to.addObject().put("role", role).put("content", content);
  }

  private HttpResponse<String> post(ObjectNode body) throws Exception {
    events.clear();
    var request =
        HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/chat/completions"))
            .header("X-User", "ana@example.org")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    gateway.close();
    stub.close();
    client.close();
  }

  /** Kinds of text that HTTP and JSON carry unchanged. */
  static boolean carries(String text) {
    return text.equals(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }
}
