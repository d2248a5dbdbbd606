package dev.redoubt.runtime.llm;

/**
 * How the model in this process runs.
 *
 * @param name what replies call the model
 * @param threads threads of the inference
 * @param contextTokens most tokens of conversation and reply together
 * @param maxTokens most tokens of a reply where the request does not say
 * @param temperature where the request does not say
 * @param topP share of probability that is sampled from
 * @param topK how many words are sampled from
 * @param repeatPenalty above 1 to repeat less
 */
public record LocalModelOptions(
    String name,
    int threads,
    int contextTokens,
    int maxTokens,
    double temperature,
    double topP,
    int topK,
    double repeatPenalty) {

  /** What the default model is run with: two threads, 4096 tokens. */
  public static final LocalModelOptions DEFAULT =
      new LocalModelOptions("qwen2.5-coder-0.5b-instruct", 2, 4096, 256, 0.7, 0.9, 40, 1.05);

  /** {@link #DEFAULT}. */
  public static LocalModelOptions defaults() {
    return DEFAULT;
  }

  /** Refuses what no model can run with. */
  public LocalModelOptions {
    if (threads < 1 || contextTokens < 64 || maxTokens < 1 || temperature < 0) {
      throw new IllegalArgumentException(
          "threads %d, context %d, reply %d, temperature %s"
              .formatted(threads, contextTokens, maxTokens, temperature));
    }
  }

  /** The same with another context. */
  public LocalModelOptions withContextTokens(int tokens) {
    return new LocalModelOptions(
        name, threads, tokens, maxTokens, temperature, topP, topK, repeatPenalty);
  }

  /** The same with another penalty on repetition. */
  public LocalModelOptions withRepeatPenalty(double penalty) {
    return new LocalModelOptions(
        name, threads, contextTokens, maxTokens, temperature, topP, topK, penalty);
  }
}
