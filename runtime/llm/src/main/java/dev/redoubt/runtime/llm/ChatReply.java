package dev.redoubt.runtime.llm;

/**
 * What a model answered.
 *
 * @param message the answer, role {@code assistant}
 * @param finishReason {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter} or
 *     what else the endpoint says
 * @param usage tokens taken; {@link TokenUsage#NONE} where the endpoint does not say
 * @param model the model that answered
 */
public record ChatReply(ChatMessage message, String finishReason, TokenUsage usage, String model) {

  /** The answer's text, or the empty string. */
  public String text() {
    return message.text();
  }
}
