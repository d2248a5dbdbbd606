package dev.redoubt.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes chat completions as OpenAI-compatible servers do, whole or as server-sent events. */
final class ChatWriter {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final Wire wire;
  private final StubRequest request;
  private final boolean stream;
  private final String model;
  private final int pieceLength;

  ChatWriter(Wire wire, StubRequest request, String model, int pieceLength) {
    this.wire = wire;
    this.request = request;
    var json = request.json();
    this.stream = json.path("stream").asBoolean(false);
    this.model = json.path("model").asString(model);
    this.pieceLength = pieceLength;
  }

  boolean stream() {
    return stream;
  }

  void text(List<String> contents, String finishReason) throws IOException {
    if (stream) {
      start();
      for (int i = 0; i < contents.size(); i++) {
        pieces(i, contents.get(i));
        event(i, delta -> {}, finishReason);
      }
      end(contents);
      return;
    }
    var body = envelope("chat.completion");
    for (int i = 0; i < contents.size(); i++) {
      var content = contents.get(i);
      choice(body, i, finishReason)
          .putObject("message")
          .put("role", "assistant")
          .put("content", content);
    }
    usage(body, contents);
    send(body);
  }

  void toolCalls(StubReply.ToolCalls reply) throws IOException {
    if (stream) {
      start();
      if (!reply.content().isEmpty()) {
        pieces(0, reply.content());
      }
      for (int i = 0; i < reply.calls().size(); i++) {
        streamCall(i, reply.calls().get(i));
      }
      event(0, delta -> {}, "tool_calls");
      end(List.of(reply.content()));
      return;
    }
    var body = envelope("chat.completion");
    var message = choice(body, 0, "tool_calls").putObject("message");
    message.put("role", "assistant");
    if (reply.content().isEmpty()) {
      message.putNull("content");
    } else {
      message.put("content", reply.content());
    }
    var calls = message.putArray("tool_calls");
    for (var call : reply.calls()) {
      call(calls.addObject(), call.id(), call.name(), call.arguments());
    }
    usage(body, List.of(reply.content()));
    send(body);
  }

  private void streamCall(int index, StubReply.Call call) throws IOException {
    var arguments = split(call.arguments());
    for (int i = 0; i < arguments.size(); i++) {
      var piece = arguments.get(i);
      var first = i == 0;
      event(
          0,
          delta -> {
            var entry = delta.putArray("tool_calls").addObject().put("index", index);
            if (first) {
              call(entry, call.id(), call.name(), piece);
            } else {
              entry.putObject("function").put("arguments", piece);
            }
          },
          null);
    }
  }

  private static void call(ObjectNode entry, String id, String name, String arguments) {
    entry.put("id", id).put("type", "function");
    entry.putObject("function").put("name", name).put("arguments", arguments);
  }

  /** Opens a stream of events and says whose turn it is. */
  void start() throws IOException {
    wire.startChunked(200, "text/event-stream");
    event(0, delta -> delta.put("role", "assistant").put("content", ""), null);
  }

  void pieces(int index, String content) throws IOException {
    for (var piece : split(content)) {
      event(index, delta -> delta.put("content", piece), null);
    }
  }

  private void event(int index, Consumer<ObjectNode> fill, @Nullable String finishReason)
      throws IOException {
    var body = envelope("chat.completion.chunk");
    fill.accept(choice(body, index, finishReason).putObject("delta"));
    wire.chunk("data: " + JSON.writeValueAsString(body) + "\n\n");
  }

  private void end(List<String> contents) throws IOException {
    if (request.json().path("stream_options").path("include_usage").asBoolean(false)) {
      var body = envelope("chat.completion.chunk");
      usage(body, contents);
      wire.chunk("data: " + JSON.writeValueAsString(body) + "\n\n");
    }
    wire.chunk("data: [DONE]\n\n");
    wire.endChunked();
  }

  private ObjectNode envelope(String object) {
    var body = JSON.createObjectNode();
    body.put("id", "chatcmpl-" + request.number()).put("object", object).put("created", 0);
    body.put("model", model).putArray("choices");
    return body;
  }

  private static ObjectNode choice(ObjectNode body, int index, @Nullable String finishReason) {
    return ((ArrayNode) body.get("choices"))
        .addObject()
        .put("index", index)
        .put("finish_reason", finishReason);
  }

  /** Counts four characters as a token, which is near enough for tests of accounting. */
  private void usage(ObjectNode body, List<String> contents) {
    int prompt = request.body().length() / 4;
    int completion = contents.stream().mapToInt(text -> (text.length() + 3) / 4).sum();
    body.putObject("usage")
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion);
  }

  private void send(ObjectNode body) throws IOException {
    wire.send(200, "application/json", Map.of(), JSON.writeValueAsString(body));
  }

  private List<String> split(String text) {
    var pieces = new ArrayList<String>();
    for (int i = 0; i < text.length(); ) {
      int end = Math.min(text.length(), i + pieceLength);
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end++;
      }
      pieces.add(text.substring(i, end));
      i = end;
    }
    return pieces.isEmpty() ? List.of("") : pieces;
  }
}
