package dev.redoubt.core;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Words the second half of a message about an unknown name: "did you mean …", or what is known.
 *
 * @since 0.1.0
 */
public final class Suggestion {
  private static final int LONGEST_WORD = 64;

  private Suggestion() {}

  /**
   * Says how to mend an unknown name.
   *
   * @param word the unknown name
   * @param known names that would have been right
   * @return {@code did you mean 'x'?} or {@code one of a, b, c}
   */
  public static String howToMend(String word, Collection<String> known) {
    return nearest(word, known)
        .map(k -> "did you mean '" + k + "'?")
        .orElseGet(() -> known.isEmpty() ? "remove it" : "one of " + String.join(", ", known));
  }

  /**
   * Finds the known name that is nearest by edits (insert, delete, replace, swap neighbours),
   * ignoring case; at most two edits and a third of the length.
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    String lower = word.toLowerCase(Locale.ROOT);
    String best = null;
    int bestDistance = Math.clamp((lower.length() + 1) / 3, 1, 2) + 1;
    for (String k : List.copyOf(known)) {
      if (Math.abs(k.length() - lower.length()) < bestDistance) {
        int distance = edits(lower, k.toLowerCase(Locale.ROOT));
        if (distance < bestDistance) {
          best = k;
          bestDistance = distance;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Optimal string alignment distance. */
  private static int edits(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
