package dev.redoubt.detect;

import java.util.List;

/**
 * Finds the strings of a system prompt that deserve protection: values of 8 to 64 chars that the
 * prompt itself calls a password, key, code and so on, or says not to reveal, and strings that can
 * hardly be anything but a credential.
 *
 * <p>Unlike {@link SecretScanner} it may assume that the text was written by the owner of the
 * system, so a word for a credential near a value is enough, whatever the value looks like.
 */
public final class SecretCandidates {
  private SecretCandidates() {}

  /**
   * Finds candidates.
   *
   * @param systemPrompt any chars
   * @return spans of the values alone, in the order of the text, none overlapping another, every
   *     occurrence of each value
   */
  public static List<Span> find(String systemPrompt) {
    return List.of();
  }
}
