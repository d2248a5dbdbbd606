package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.AnswerStream;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ModelView;
import dev.redoubt.guard.engine.ToolCallView;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One choice of a streamed reply. Text goes out as far as it is checked; tool calls are collected
 * and go out only when the choice has ended and all of them were checked.
 */
final class StreamChoice {
  /** Writes a delta and, with the last one, why the choice ended. */
  @FunctionalInterface
  interface Out {
    void delta(Consumer<ObjectNode> fill, @Nullable String finishReason) throws IOException;
  }

  private static final int MOST_FIELDS = 16;
  private static final int MOST_CALLS = 128;

  private final Guard guard;
  private final Exchange exchange;
  private final ChoiceCheck check;
  private final Events.Collected seen;
  private final int longest;
  private final Map<String, AnswerStream> texts = new LinkedHashMap<>();
  private final Map<Integer, Collected> calls = new TreeMap<>();
  private @Nullable String role;
  private @Nullable Refusal refusal;
  private boolean ended;

  /** Length of all calls so far: many short ones fill the memory as well as a long one. */
  private long collected;

  StreamChoice(
      Guard guard,
      Exchange exchange,
      @Nullable ModelView view,
      Events.Collected seen,
      int longest) {
    this.guard = guard;
    this.exchange = exchange;
    this.check = new ChoiceCheck(guard, exchange, view, seen);
    this.seen = seen;
    this.longest = longest;
  }

  /** A tool call as its pieces come. */
  private static final class Collected {
    private final boolean legacy;
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";

    Collected(boolean legacy) {
      this.legacy = legacy;
    }
  }

  boolean ended() {
    return ended;
  }

  /** The refusal that ended it; null when nothing was refused. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  /** Takes a delta and lets out what may go. */
  void take(JsonNode delta, Out out) throws IOException, UnreadableException {
    for (var field : delta.properties()) {
      var value = field.getValue();
      switch (field.getKey()) {
        case "role" -> role = value.isString() ? value.stringValue() : role;
        case "tool_calls" -> collect(value);
        case "function_call" -> {
          if (!value.isNull()) {
            piece(calls.computeIfAbsent(-1, i -> new Collected(true)), value);
          }
        }
        default -> text(field.getKey(), value, out);
      }
      if (ended) {
        return;
      }
    }
  }

  private void text(String field, JsonNode value, Out out) throws IOException {
    // What is neither text nor a call (a list of annotations, sound) can't be checked in pieces and
    // is left out.
    if (!value.isString() || value.stringValue().isEmpty()) {
      return;
    }
    if (texts.size() >= MOST_FIELDS && !texts.containsKey(field)) {
      throw new UpstreamException(502, "the upstream sent more than " + MOST_FIELDS + " fields");
    }
    var stream = texts.computeIfAbsent(field, f -> guard.answerStream(exchange));
    show(field, stream.push(value.stringValue()), out);
    if (stream.stopped()) {
      refuse(Refusal.of(seen.add(stream.verdict())), out);
    }
  }

  private void collect(JsonNode list) throws UnreadableException, IOException {
    if (!list.isArray()) {
      if (list.isNull()) {
        return;
      }
      throw new UnreadableException("tool_calls is no list");
    }
    for (var entry : list) {
      int index = entry.path("index").asInt(0);
      if (calls.size() >= MOST_CALLS && !calls.containsKey(index)) {
        throw new UpstreamException(502, "the upstream sent more than " + MOST_CALLS + " calls");
      }
      var call = calls.computeIfAbsent(index, i -> new Collected(false));
      if (entry.path("id").isString()) {
        call.id = entry.path("id").stringValue();
      }
      if (!entry.path("function").isObject()) {
        throw new UnreadableException("a tool call without a function");
      }
      piece(call, entry.path("function"));
    }
  }

  private void piece(Collected call, JsonNode function) throws IOException {
    var name = function.path("name").asString("");
    var arguments = function.path("arguments");
    var more = arguments.isObject() ? Json.text(arguments) : arguments.asString("");
    call.name.append(name);
    call.arguments.append(more);
    collected += name.length() + more.length();
    if (collected > longest) {
      throw new UpstreamException(502, "the upstream sent tool calls longer than " + longest);
    }
  }

  /** Ends the choice: the rest of its text, then its calls, then why it ended. */
  void end(@Nullable String finishReason, Out out) throws IOException {
    for (var entry : texts.entrySet()) {
      var stream = entry.getValue();
      var rest = stream.finish();
      show(entry.getKey(), rest, out);
      seen.afterwards(stream.afterwards());
      var refused = Refusal.of(seen.add(stream.verdict()));
      if (refused != null) {
        refuse(refused, out);
        return;
      }
    }
    for (var call : calls.values()) {
      var refused = check.call(new ToolCallView(call.name.toString(), call.arguments.toString()));
      if (refused != null) {
        seen.calls(check.made(), true);
        refuse(refused, out);
        return;
      }
    }
    seen.calls(check.made(), false);
    for (var entry : calls.entrySet()) {
      release(entry.getKey(), entry.getValue(), out);
    }
    ended = true;
    delta(out, delta -> {}, finishReason);
  }

  private void release(int index, Collected call, Out out) throws IOException {
    var passed = check.restored(new ToolCallView(call.name.toString(), call.arguments.toString()));
    delta(
        out,
        delta -> {
          ObjectNode function;
          if (call.legacy) {
            function = delta.putObject("function_call");
          } else {
            var entry = delta.putArray("tool_calls").addObject().put("index", index);
            function = entry.put("id", call.id).put("type", "function").putObject("function");
          }
          function.put("name", passed.name()).put("arguments", passed.argumentsJson());
        },
        null);
  }

  private void show(String field, String text, Out out) throws IOException {
    if (!text.isEmpty()) {
      delta(out, delta -> delta.put(field, text), null);
    }
  }

  private void refuse(@Nullable Refusal why, Out out) throws IOException {
    var refused = why == null ? Refusal.unscanned() : why;
    refusal = refused;
    ended = true;
    delta(out, delta -> delta.put("content", refused.text()), null);
    delta(out, delta -> {}, Refusal.FINISH);
  }

  /** The role goes with the first delta that goes at all. */
  private void delta(Out out, Consumer<ObjectNode> fill, @Nullable String finishReason)
      throws IOException {
    var speaker = role;
    role = null;
    out.delta(
        delta -> {
          if (speaker != null) {
            delta.put("role", speaker);
          }
          fill.accept(delta);
        },
        finishReason);
  }
}
