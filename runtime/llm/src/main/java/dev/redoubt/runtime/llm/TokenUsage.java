package dev.redoubt.runtime.llm;

/**
 * Tokens that a call took.
 *
 * @param prompt tokens read
 * @param completion tokens written
 */
public record TokenUsage(int prompt, int completion) {

  /** Nothing was counted. */
  public static final TokenUsage NONE = new TokenUsage(0, 0);

  /** Refuses negative counts. */
  public TokenUsage {
    if (prompt < 0 || completion < 0) {
      throw new IllegalArgumentException("negative tokens: " + prompt + ", " + completion);
    }
  }

  /** Both together. */
  public int total() {
    return prompt + completion;
  }
}
