package dev.redoubt.runtime.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked. What is absent is left to the model or the endpoint.
 *
 * @param model name of the model
 * @param messages the conversation so far, oldest first; not empty
 * @param tools tools that may be called
 * @param temperature 0 for the likeliest words, more for variety
 * @param seed of the sampling
 * @param maxTokens most tokens of the reply
 * @param stop texts that end the reply
 */
public record ChatRequest(
    @Nullable String model,
    List<ChatMessage> messages,
    List<ToolSpec> tools,
    @Nullable Double temperature,
    @Nullable Long seed,
    @Nullable Integer maxTokens,
    List<String> stop) {

  /** Copies the lists and refuses an empty conversation. */
  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    stop = List.copyOf(stop);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a chat request needs at least one message");
    }
  }

  /** A request that leaves everything but the conversation to the model. */
  public static ChatRequest of(List<ChatMessage> messages) {
    return new ChatRequest(null, messages, List.of(), null, null, null, List.of());
  }

  /** A request of these messages. */
  public static ChatRequest of(ChatMessage... messages) {
    return of(List.of(messages));
  }

  /** The same for another model. */
  public ChatRequest withModel(@Nullable String name) {
    return new ChatRequest(name, messages, tools, temperature, seed, maxTokens, stop);
  }

  /** The same with another conversation. */
  public ChatRequest withMessages(List<ChatMessage> others) {
    return new ChatRequest(model, others, tools, temperature, seed, maxTokens, stop);
  }

  /** The same with other tools. */
  public ChatRequest withTools(List<ToolSpec> others) {
    return new ChatRequest(model, messages, others, temperature, seed, maxTokens, stop);
  }

  /** The same at another temperature. */
  public ChatRequest withTemperature(double value) {
    return new ChatRequest(model, messages, tools, value, seed, maxTokens, stop);
  }

  /** The same with another sampling seed. */
  public ChatRequest withSeed(long value) {
    return new ChatRequest(model, messages, tools, temperature, value, maxTokens, stop);
  }

  /** The same with at most so many tokens in the reply. */
  public ChatRequest withMaxTokens(int value) {
    return new ChatRequest(model, messages, tools, temperature, seed, value, stop);
  }

  /** The same with these texts ending the reply. */
  public ChatRequest withStop(List<String> texts) {
    return new ChatRequest(model, messages, tools, temperature, seed, maxTokens, texts);
  }
}
