package dev.redoubt.runtime.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What turns a rendered prompt into text, one call at a time; used by one thread only. */
interface Engine extends AutoCloseable {

  /**
   * How to sample.
   *
   * @param temperature 0 for the likeliest words
   * @param seed absent to draw one
   * @param maxTokens most tokens
   * @param stop texts that end the reply
   */
  record Sampling(double temperature, @Nullable Long seed, int maxTokens, List<String> stop) {}

  /** Text while it is written. */
  interface Run {
    /** The next piece, possibly empty; null at the end. */
    @Nullable String next();

    /** Stops writing. */
    void cancel();
  }

  /** How many tokens a text has. */
  int tokens(String text);

  /** Starts to write. */
  Run start(String prompt, Sampling sampling);

  @Override
  void close();
}
