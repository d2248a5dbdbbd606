package dev.redoubt.runtime.target;

import dev.redoubt.runtime.llm.TokenUsage;
import dev.redoubt.runtime.llm.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target answered.
 *
 * @param text the words; empty where it only calls tools
 * @param toolCalls tools that it wants called, or says it called
 * @param finishReason why it stopped, in its own words; {@code stop} where it doesn't say
 * @param model the model that answered; empty where neither target nor description say
 * @param usage tokens taken; {@link TokenUsage#NONE} where the target doesn't say
 * @param cost what the tokens cost at the endpoint's price, in its currency; absent without a price
 *     or without a count
 * @since 0.1.0
 */
public record TargetReply(
    String text,
    List<ToolCall> toolCalls,
    String finishReason,
    String model,
    TokenUsage usage,
    @Nullable Double cost) {
  /** Copies the calls. */
  public TargetReply {
    toolCalls = List.copyOf(toolCalls);
  }
}
