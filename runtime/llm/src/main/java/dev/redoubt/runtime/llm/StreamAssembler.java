package dev.redoubt.runtime.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the events of a stream together to the reply that they are pieces of. */
final class StreamAssembler {
  private static final int MOST_CALLS = 128;

  private final StringBuilder text = new StringBuilder();
  private final TreeMap<Integer, Call> calls = new TreeMap<>();
  private @Nullable String finishReason;
  private TokenUsage usage = TokenUsage.NONE;

  private static final class Call {
    private @Nullable String id;
    private @Nullable String name;
    private final StringBuilder arguments = new StringBuilder();
  }

  void add(ChatDelta event) {
    if (event.text() != null) {
      text.append(event.text());
    }
    for (var part : event.toolCalls()) {
      var call = calls.computeIfAbsent(part.index(), _ -> new Call());
      if (calls.size() > MOST_CALLS) {
        throw new ChatException(
            ChatException.Kind.TOO_LARGE, "the stream holds more than 128 tool calls");
      }
      if (part.id() != null) {
        call.id = part.id();
      }
      if (part.name() != null) {
        call.name = part.name();
      }
      call.arguments.append(part.arguments());
    }
    if (event.finishReason() != null) {
      finishReason = event.finishReason();
    }
    if (event.usage() != null) {
      usage = event.usage();
    }
  }

  /** Whether the endpoint has said why it stopped. */
  boolean finished() {
    return finishReason != null;
  }

  ChatReply reply(String model) {
    List<ToolCall> whole = new ArrayList<>();
    calls.forEach((index, call) ->
        whole.add(
            new ToolCall(
                call.id == null ? "call_" + index : call.id,
                call.name == null ? "" : call.name,
                call.arguments.toString())));
    var content = text.isEmpty() && !whole.isEmpty() ? null : text.toString();
    return new ChatReply(
        ChatMessage.assistant(content, whole),
        finishReason == null ? "stop" : finishReason,
        usage,
        model);
  }
}
