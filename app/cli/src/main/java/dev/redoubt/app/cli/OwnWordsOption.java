package dev.redoubt.app.cli;

import dev.redoubt.core.OwnWords;
import dev.redoubt.core.Suggestion;
import dev.redoubt.core.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much is asked in words of the description. */
final class OwnWordsOption {
  private static final List<String> WORDS =
      Stream.of(OwnWords.values()).map(OwnWords::word).toList();

  @Option(
      names = "--own-words",
      paramLabel = "on|off|only",
      description = {
        "on: every second attempt is composed of what redoubt.yaml says (purpose, tools, policies, statements,",
        "documents), with ordinary questions beside, so that over-refusal is measured; only: every attempt; off: none.",
        "Default: on for assess, off for attack chat; see docs/own-words.md."
      })
  private @Nullable String word;

  /**
   * How much.
   *
   * @param usual when the option is absent
   * @throws UsageException when the word is unknown
   */
  OwnWords share(OwnWords usual) {
    if (word == null) {
      return usual;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (!WORDS.contains(lower)) {
      throw new UsageException(
          "--own-words: unknown word '" + word + "'; " + Suggestion.howToMend(lower, WORDS));
    }
    return OwnWords.valueOf(lower.toUpperCase(Locale.ROOT));
  }

  /** The option as it was given; empty when it was not. */
  String repeated() {
    return word == null ? "" : " --own-words " + word.toLowerCase(Locale.ROOT);
  }
}
