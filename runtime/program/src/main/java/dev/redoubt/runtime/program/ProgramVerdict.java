package dev.redoubt.runtime.program;

import dev.redoubt.core.Outcome;

/**
 * What a judge says.
 *
 * @param outcome the verdict
 * @param reason why, in one line, untrusted
 * @since 0.1.0
 */
public record ProgramVerdict(Outcome outcome, String reason) {
  private static final int MOST_REASON = 500;

  static ProgramVerdict of(Message message) throws ProgramException {
    String word = message.word("outcome", "succeeded|resisted|unassessed");
    var verdict =
        new ProgramVerdict(
            switch (word) {
              case "succeeded" -> Outcome.SUCCEEDED;
              case "resisted" -> Outcome.RESISTED;
              default -> Outcome.UNASSESSED;
            },
            Text.oneLine(message.words("reason"), MOST_REASON));
    message.end();
    return verdict;
  }
}
