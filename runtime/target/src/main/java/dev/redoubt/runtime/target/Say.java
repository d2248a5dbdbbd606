package dev.redoubt.runtime.target;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a target.
 *
 * @param text the words
 * @param headers headers of the account that speaks; they win over those of the endpoint
 * @param identity name of that account; absent for an anonymous caller
 * @param temperature 0 for the likeliest words, more for variety; targets may not heed it
 * @param seed of the sampling; targets may not heed it
 * @param maxTokens most tokens of the reply; absent leaves it to the target
 * @since 0.1.0
 */
public record Say(
    String text,
    Map<String, String> headers,
    @Nullable String identity,
    double temperature,
    long seed,
    @Nullable Integer maxTokens) {
  /** Copies the headers. */
  public Say {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Words of an anonymous caller at temperature 0. */
  public static Say of(String text) {
    return new Say(text, Map.of(), null, 0, 0, null);
  }

  /** The same with the headers of an account. */
  public Say by(String name, Map<String, String> itsHeaders) {
    return new Say(text, itsHeaders, name, temperature, seed, maxTokens);
  }

  /** Without header values: they are credentials. */
  @Override
  public String toString() {
    return "Say[" + text + (identity == null ? "]" : " by " + identity + "]");
  }
}
