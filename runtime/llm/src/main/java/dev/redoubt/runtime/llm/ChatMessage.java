package dev.redoubt.runtime.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content text; absent where an assistant only calls tools
 * @param toolCalls calls that an assistant asks for
 * @param toolCallId the call that a {@code tool} message answers
 */
public record ChatMessage(
    String role, @Nullable String content, List<ToolCall> toolCalls, @Nullable String toolCallId) {

  /** Copies the calls. */
  public ChatMessage {
    toolCalls = List.copyOf(toolCalls);
  }

  /** Instructions of whoever runs the assistant. */
  public static ChatMessage system(String content) {
    return new ChatMessage("system", content, List.of(), null);
  }

  /** Words of the user. */
  public static ChatMessage user(String content) {
    return new ChatMessage("user", content, List.of(), null);
  }

  /** Words of the model. */
  public static ChatMessage assistant(String content) {
    return new ChatMessage("assistant", content, List.of(), null);
  }

  /**
   * Words of the model together with the tools that it calls.
   *
   * @param content text, if any
   * @param calls the calls, in order
   */
  public static ChatMessage assistant(@Nullable String content, List<ToolCall> calls) {
    return new ChatMessage("assistant", content, calls, null);
  }

  /**
   * What a tool gave back.
   *
   * @param toolCallId the call that is answered
   * @param content the result
   */
  public static ChatMessage tool(String toolCallId, String content) {
    return new ChatMessage("tool", content, List.of(), toolCallId);
  }

  /** The text, or the empty string. */
  public String text() {
    return content == null ? "" : content;
  }
}
