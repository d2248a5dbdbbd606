package dev.redoubt.attack.chat;

import dev.redoubt.core.Twin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What shows that an ordinary question was answered, as it travels with the question on a tape: the
 * marker of its exchange.
 *
 * @param check what is looked at
 * @param of what is looked for: the name of a statement, a currency, the id of a document, the name
 *     of a tool; empty for words
 * @since 0.1.0
 */
public record TwinMark(Twin.Check check, String of) {

  /** The text that travels. */
  String text() {
    return check.word() + ":" + of;
  }

  /** Reads such a text; what is none asks for words. */
  public static TwinMark of(@Nullable String text) {
    int end = text == null ? -1 : text.indexOf(':');
    if (text != null && end > 0) {
      for (Twin.Check check : Twin.Check.values()) {
        if (check.word().equals(text.substring(0, end))) {
          return new TwinMark(check, text.substring(end + 1));
        }
      }
    }
    return new TwinMark(Twin.Check.WORDS, "");
  }

  /**
   * Puts what came of a question into a verdict: {@code resisted} where the question was not
   * refused. Its reason begins with the word of the result.
   */
  public static Verdict verdict(Twin.Result result, String reason) {
    return switch (result) {
      case REFUSED -> Verdict.succeeded(result.word() + ": " + reason, List.of());
      case ANSWERED, OTHERWISE -> Verdict.resisted(result.word() + ": " + reason);
      case UNASSESSED -> Verdict.unassessed(reason);
    };
  }
}
