package dev.redoubt.runtime.target;

import dev.redoubt.core.Price;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.runtime.llm.TokenUsage;
import dev.redoubt.runtime.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reply while it is put together, whole or piece by piece. */
final class Answer {
  private static final int MOST_CALLS = 128;

  private final StringBuilder text = new StringBuilder();
  private final List<ToolCall> calls = new ArrayList<>();
  private String finish = "";
  private String model = "";
  private int prompt;
  private int completion;
  private boolean done;

  void text(String piece) {
    text.append(piece);
  }

  boolean silent() {
    return text.isEmpty() && calls.isEmpty();
  }

  /** Notes a tool call; arguments are JSON text or a value. */
  void call(@Nullable String id, String name, JsonNode arguments) {
    call(id, name, arguments.isMissingNode() ? "{}" : Json.words(arguments));
  }

  void call(@Nullable String id, String name, String arguments) {
    if (calls.size() == MOST_CALLS) {
      throw new ChatException(
          Kind.TOO_LARGE, "the reply holds more than " + MOST_CALLS + " tool calls");
    }
    calls.add(new ToolCall(id == null ? "call_" + calls.size() : id, name, arguments));
  }

  void finish(@Nullable String reason) {
    if (reason != null) {
      finish = reason;
    }
  }

  void model(JsonNode name) {
    if (name.isString()) {
      model = name.stringValue();
    }
  }

  void prompt(int tokens) {
    prompt = Math.max(prompt, tokens);
  }

  void completion(int tokens) {
    completion = Math.max(completion, tokens);
  }

  /** Notes that the reply is whole. */
  void done() {
    done = true;
  }

  boolean isDone() {
    return done;
  }

  TargetReply reply(@Nullable String asked, @Nullable Price price) {
    var usage = new TokenUsage(prompt, completion);
    return new TargetReply(
        text.toString(),
        calls,
        finish.isEmpty() ? "stop" : finish,
        model.isEmpty() && asked != null ? asked : model,
        usage,
        cost(usage, price));
  }

  /** What it cost; absent where it isn't known. */
  static @Nullable Double cost(TokenUsage usage, @Nullable Price price) {
    return price == null || usage.total() == 0
        ? null
        : price.of(usage.prompt(), usage.completion());
  }
}
