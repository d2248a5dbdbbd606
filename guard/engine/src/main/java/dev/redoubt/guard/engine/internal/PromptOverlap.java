package dev.redoubt.guard.engine.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a text repeats of another, by runs of words: case, punctuation, line breaks and
 * markdown make no difference.
 */
final class PromptOverlap {
  /** Words of a run that is looked for; shorter ones turn up by chance. */
  static final int RUN = 4;

  /** A word of a text with its place. */
  private record Word(String text, int start, int end) {}

  /**
   * What a text repeats.
   *
   * @param places parts of it, each a run of repeated words
   * @param runs which runs of the original they hold, by number
   */
  record Found(List<Place> places, Set<Integer> runs) {}

  /** A part of a text, and how many words it repeats. */
  record Place(int start, int end, int words) {}

  private final Map<String, Integer> runs = new HashMap<>();
  private final int words;

  private PromptOverlap(int words) {
    this.words = words;
  }

  /**
   * Prepares.
   *
   * @param original what must not be repeated
   * @param known what anybody may say, such as the user's own words
   */
  static PromptOverlap of(String original, String known) {
    List<Word> all = words(original);
    var overlap = new PromptOverlap(all.size());
    Set<String> free = new HashSet<>();
    eachRun(words(known), (at, run) -> free.add(run));
    eachRun(
        all,
        (at, run) -> {
          if (!free.contains(run)) {
            overlap.runs.putIfAbsent(run, at);
          }
        });
    return overlap;
  }

  /** Words of the original. */
  int size() {
    return words;
  }

  /** Runs of the original that tell it. */
  int runs() {
    return runs.size();
  }

  Found in(String text) {
    List<Word> all = words(text);
    List<Place> places = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    int[] last = {-RUN, -1};
    eachRun(
        all,
        (at, run) -> {
          Integer number = runs.get(run);
          if (number == null) {
            return;
          }
          seen.add(number);
          boolean joins = !places.isEmpty() && at <= last[0] + RUN + 1;
          int first = joins ? last[1] : at;
          Place place =
              new Place(all.get(first).start(), all.get(at + RUN - 1).end(), at + RUN - first);
          if (joins) {
            places.set(places.size() - 1, place);
          } else {
            places.add(place);
            last[1] = at;
          }
          last[0] = at;
        });
    return new Found(places, seen);
  }

  private interface Run {
    void at(int word, String run);
  }

  private static void eachRun(List<Word> words, Run run) {
    for (int i = 0; i + RUN <= words.size(); i++) {
      var key = new StringBuilder();
      for (int k = 0; k < RUN; k++) {
        key.append(words.get(i + k).text()).append(' ');
      }
      run.at(i, key.toString());
    }
  }

  private static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (!Character.isLetterOrDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      // Scripts without blanks between words are cut by their characters.
      boolean ideograph = Character.isIdeographic(text.charAt(i));
      while (i < text.length()
          && Character.isLetterOrDigit(text.charAt(i))
          && (i == from || (!ideograph && !Character.isIdeographic(text.charAt(i))))) {
        i++;
      }
      words.add(new Word(text.substring(from, i).toLowerCase(Locale.ROOT), from, i));
    }
    return words;
  }
}
