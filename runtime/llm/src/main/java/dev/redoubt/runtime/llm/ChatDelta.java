package dev.redoubt.runtime.llm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of a streamed reply.
 *
 * @param role said once, in the first event
 * @param text piece of the text
 * @param toolCalls pieces of tool calls
 * @param finishReason said once, at the end
 * @param usage said once, at the end, by endpoints that were asked to
 */
public record ChatDelta(
    @Nullable String role,
    @Nullable String text,
    List<ToolCallPart> toolCalls,
    @Nullable String finishReason,
    @Nullable TokenUsage usage) {

  /** Copies the parts. */
  public ChatDelta {
    toolCalls = List.copyOf(toolCalls);
  }

  /**
   * A piece of a tool call.
   *
   * @param index which call of the reply
   * @param id said once for each call
   * @param name said once for each call
   * @param arguments piece of the JSON text
   */
  public record ToolCallPart(
      int index, @Nullable String id, @Nullable String name, String arguments) {}

  /** The first event of a reply. */
  public static ChatDelta start() {
    return new ChatDelta("assistant", "", List.of(), null, null);
  }

  /** An event that holds text. */
  public static ChatDelta ofText(String text) {
    return new ChatDelta(null, text, List.of(), null, null);
  }

  /** An event that holds whole tool calls. */
  public static ChatDelta ofToolCalls(List<ToolCall> calls) {
    var parts = new ArrayList<ToolCallPart>();
    for (var call : calls) {
      parts.add(new ToolCallPart(parts.size(), call.id(), call.name(), call.arguments()));
    }
    return new ChatDelta(null, null, parts, null, null);
  }

  /** The event that ends a reply. */
  public static ChatDelta finish(String reason) {
    return new ChatDelta(null, null, List.of(), reason, null);
  }

  /** The event that says what a reply took. */
  public static ChatDelta ofUsage(TokenUsage usage) {
    return new ChatDelta(null, null, List.of(), null, usage);
  }

  /**
   * The events of a reply that is already whole.
   *
   * @param reply the reply
   * @param withUsage whether to say what it took
   */
  public static List<ChatDelta> of(ChatReply reply, boolean withUsage) {
    var events = new ArrayList<ChatDelta>();
    events.add(start());
    if (!reply.text().isEmpty()) {
      events.add(ofText(reply.text()));
    }
    if (!reply.message().toolCalls().isEmpty()) {
      events.add(ofToolCalls(reply.message().toolCalls()));
    }
    events.add(finish(reply.finishReason()));
    if (withUsage) {
      events.add(ofUsage(reply.usage()));
    }
    return events;
  }
}
