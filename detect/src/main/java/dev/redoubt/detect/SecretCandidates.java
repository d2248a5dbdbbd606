package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the strings of a system prompt that deserve protection: values of 8 to 256 chars that the
 * prompt itself calls a password, key, code and so on, or says not to reveal, and strings that can
 * hardly be anything but a credential.
 *
 * <p>Unlike {@link SecretScanner} it may assume that the text was written by the owner of the
 * system, so a word for a credential near a value is enough, whatever the value looks like.
 */
public final class SecretCandidates {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 256;

  /** A prompt with more is no prompt; bounds the search for further occurrences. */
  private static final int MOST_VALUES = 64;

  private SecretCandidates() {}

  /**
   * Finds candidates.
   *
   * @param systemPrompt any chars
   * @return spans of the values alone, in the order of the text, none overlapping another, every
   *     occurrence of each value
   */
  public static List<Span> find(String systemPrompt) {
    List<Span> claims = new ArrayList<>(CredentialBlocks.find(systemPrompt));
    claims.addAll(SecretKinds.find(systemPrompt));
    claims.addAll(CredentialPhrases.find(systemPrompt, CredentialPhrases.Trust.OWN_PROMPT));
    List<Span> values = new ArrayList<>();
    for (Span span : Spans.resolve(claims)) {
      boolean fits = span.text().length() >= SHORTEST && span.text().length() <= LONGEST;
      if (fits || span.type().equals("private-key") || span.type().equals("json-web-token")) {
        values.add(span);
      }
    }
    return Spans.resolve(everyOccurrence(systemPrompt, values));
  }

  private static List<Span> everyOccurrence(String text, List<Span> values) {
    Map<String, String> types = new LinkedHashMap<>();
    for (Span value : values) {
      if (types.size() < MOST_VALUES) {
        types.putIfAbsent(value.text(), value.type());
      }
    }
    List<Span> all = new ArrayList<>(values);
    types.forEach((value, type) -> {
      int at = text.indexOf(value);
      while (at >= 0) {
        all.add(Span.of(type, text, at, at + value.length()));
        at = text.indexOf(value, at + value.length());
      }
    });
    return all;
  }
}
