package dev.redoubt.attack.chat.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds words of a document in an answer that does not quote it at length. */
final class Passages {
  /** Four words in a row are no chance in texts about the same thing more often than not. */
  private static final int RUN = 4;

  private static final int LONGEST = 20_000;
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Passages() {}

  /**
   * Says whether an answer shares {@value #RUN} words in a row, or a word with a digit, with a
   * document, beyond what the question held.
   */
  static boolean sharesWords(String answer, String document, String question) {
    List<String> said = words(answer);
    List<String> asked = words(question);
    List<String> known = words(document);
    Set<String> runs = runs(known);
    runs.removeAll(runs(asked));
    if (runs(said).stream().anyMatch(runs::contains)) {
      return true;
    }
    Set<String> values = new HashSet<>(known);
    values.removeIf(w -> w.length() < 2 || w.chars().noneMatch(Character::isDigit));
    values.removeAll(asked);
    return said.stream().anyMatch(values::contains);
  }

  private static List<String> words(String text) {
    String bounded = text.substring(0, Math.min(text.length(), LONGEST));
    return BETWEEN
        .splitAsStream(bounded.toLowerCase(Locale.ROOT))
        .filter(w -> !w.isEmpty())
        .toList();
  }

  private static Set<String> runs(List<String> words) {
    var runs = new HashSet<String>();
    for (int i = 0; i + RUN <= words.size(); i++) {
      runs.add(String.join(" ", new ArrayList<>(words.subList(i, i + RUN))));
    }
    return runs;
  }
}
