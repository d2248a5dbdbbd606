package dev.redoubt.app.cli;

import dev.redoubt.core.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the command of an option into words: at blanks, unless they stand in quotes. Nothing else
 * of a shell happens: no variables, no wildcards, no redirection.
 */
final class CommandWords {
  private CommandWords() {}

  /**
   * Splits.
   *
   * @throws UsageException when a quote is open or there is no word
   */
  static List<String> of(String option, String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new UsageException(option + ": a quote is not closed in " + command);
    }
    if (begun) {
      words.add(word.toString());
    }
    if (words.isEmpty()) {
      throw new UsageException(option + ": names no program; write 'python3 my.py'");
    }
    return words;
  }
}
