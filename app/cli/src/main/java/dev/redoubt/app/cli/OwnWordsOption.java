package dev.redoubt.app.cli;

import dev.redoubt.core.OwnWords;
import dev.redoubt.core.Suggestion;
import dev.redoubt.core.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How much is asked in words of the description. */
final class OwnWordsOption {
  private static final List<String> WORDS = Stream.of(OwnWords.values()).map(OwnWords::word).toList();

  @Option(
      names = "--own-words",
      paramLabel = "on|off|only",
      defaultValue = "on",
      description = {
        "on: every second attempt is composed of what redoubt.yaml says (purpose, tools, policies, statements,",
        "documents), with ordinary questions beside, so that over-refusal is measured; only: every attempt; off: none.",
        "Default: ${DEFAULT-VALUE}; see docs/own-words.md."
      })
  private String word = "on";

  /**
   * How much.
   *
   * @throws UsageException when the word is unknown
   */
  OwnWords share() {
    String lower = word.toLowerCase(Locale.ROOT);
    if (!WORDS.contains(lower)) {
      throw new UsageException(
          "--own-words: unknown word '" + word + "'; " + Suggestion.howToMend(lower, WORDS));
    }
    return OwnWords.valueOf(lower.toUpperCase(Locale.ROOT));
  }

  /** The option as it was given; empty for the default. */
  String repeated() {
    return share() == OwnWords.ON ? "" : " --own-words " + share().word();
  }
}
