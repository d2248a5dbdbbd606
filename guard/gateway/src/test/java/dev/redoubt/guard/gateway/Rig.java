package dev.redoubt.guard.gateway;

import dev.redoubt.core.GuardEvent;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.testkit.StubEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stub, a gateway before it, and a client. */
final class Rig implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final StubEndpoint stub;
  final Gateway gateway;
  final Queue<GuardEvent> events = new ConcurrentLinkedQueue<>();

  Rig(String rules, Place place, StubEndpoint.Builder stub) {
    this(policy(rules), place, stub);
  }

  Rig(Policy policy, Place place, StubEndpoint.Builder stub) {
    this(policy, place, stub, GatewayLimits.DEFAULT);
  }

  Rig(Policy policy, Place place, StubEndpoint.Builder stub, GatewayLimits limits) {
    this.stub = stub.start();
    this.gateway =
        Gateway.start(
            new GatewayConfig(
                Guard.of(policy),
                this.stub.baseUrl(),
                place,
                GatewayConfig.LOOPBACK,
                0,
                events::add,
                limits));
  }

  static Policy policy(String rules) {
    return Policy.parse("guard: 1\ncaller: {header: X-User}\n" + rules.strip(), "guard.yaml");
  }

  /** A reply, its events' text and calls put together when it was streamed. */
  record Answer(HttpResponse<String> http) {
    int status() {
      return http.statusCode();
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(http.body());
    }

    String guardHeader() {
      return http.headers().firstValue("X-Redoubt-Guard").orElse("");
    }

    boolean streamed() {
      return http.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
    }

    List<JsonNode> chunks() {
      var chunks = new ArrayList<JsonNode>();
      for (var line : http.body().lines().toList()) {
        if (line.startsWith("data: {")) {
          chunks.add(JsonMapper.shared().readTree(line.substring(6)));
        }
      }
      return chunks;
    }

    String content() {
      return content(0);
    }

    String content(int index) {
      if (!streamed()) {
        return json().path("choices").path(index).path("message").path("content").asString("");
      }
      var text = new StringBuilder();
      for (var chunk : chunks()) {
        for (var choice : chunk.path("choices")) {
          if (choice.path("index").asInt() == index) {
            text.append(choice.path("delta").path("content").asString(""));
          }
        }
      }
      return text.toString();
    }

    String finish() {
      if (!streamed()) {
        return json().path("choices").path(0).path("finish_reason").asString("");
      }
      var reason = "";
      for (var chunk : chunks()) {
        reason = chunk.path("choices").path(0).path("finish_reason").asString(reason);
      }
      return reason;
    }

    /** Names and arguments of the tool calls. */
    List<String> calls() {
      var calls = new ArrayList<String>();
      var messages =
          streamed()
              ? chunks().stream().map(c -> c.path("choices").path(0).path("delta")).toList()
              : List.of(json().path("choices").path(0).path("message"));
      for (var message : messages) {
        for (var call : message.path("tool_calls")) {
          var function = call.path("function");
          calls.add(function.path("name").asString("") + function.path("arguments").asString(""));
        }
      }
      return calls;
    }
  }

  static String message(String role, String content) {
    return JsonMapper.shared()
        .writeValueAsString(
            JsonMapper.shared().createObjectNode().put("role", role).put("content", content));
  }

  static String body(boolean stream, String... messages) {
    return "{\"model\":\"m\",\"stream\":"
        + stream
        + ",\"messages\":["
        + String.join(",", messages)
        + "]}";
  }

  Answer ask(boolean stream, String question, String... headers)
      throws IOException, InterruptedException {
    return send(body(stream, message("user", question)), headers);
  }

  Answer send(String body, String... headers) throws IOException, InterruptedException {
    return call("POST", "/v1/chat/completions", body, headers);
  }

  Answer call(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.baseUrl().getPort() + path))
            .method(method, publisher)
            .header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  GuardEvent lastEvent() {
    return List.copyOf(events).getLast();
  }

  @Override
  public void close() {
    gateway.close();
    stub.close();
  }
}
