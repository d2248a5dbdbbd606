package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds values of which letters were replaced by digits and symbols that look like them. At least
 * three must be: with one or two it is another value that looks alike.
 */
final class LeetSearch {
  private static final int FEWEST_REPLACED = 3;

  /** Replacements, each followed by the class that it shares with letters. */
  private static final String CLASSES = "4a@a3e\u20ACe1i!i|i0o5s$s7t+t2z9g6g8b";

  /** Takes a place that was found. */
  interface Hit {
    void found(FactPattern pattern, int from, int to);
  }

  private record Word(FactPattern pattern, Skeleton skeleton, String classes) {}

  private final List<Word> words = new ArrayList<>();
  private final PatternAutomaton automaton;

  LeetSearch(List<FactPattern> patterns) {
    for (FactPattern pattern : patterns) {
      String classes = classes(pattern.plain());
      Skeleton skeleton = Skeleton.of(classes);
      long replaceable =
          pattern.plain().chars().filter(c -> Character.isLetter(c) && isReplaceable(c)).count();
      if (replaceable >= FEWEST_REPLACED && skeleton.size() >= 4) {
        words.add(new Word(pattern, skeleton, classes));
      }
    }
    automaton = new PatternAutomaton(words.stream().map(w -> w.skeleton().toArray()).toList());
  }

  void search(String text, Hit hit) {
    if (words.isEmpty()) {
      return;
    }
    Skeleton skeleton = Skeleton.of(classes(text));
    automaton.search(
        skeleton,
        c -> c,
        (index, last) -> {
          Word word = words.get(index);
          int first = last - word.skeleton().size() + 1;
          if (holds(word, text, skeleton, first)) {
            hit.found(word.pattern(), skeleton.start(first), skeleton.end(last));
          }
        });
  }

  private static boolean holds(Word word, String text, Skeleton skeleton, int first) {
    int n = word.skeleton().size();
    int from = skeleton.start(first);
    int to = skeleton.end(first + n - 1);
    if ((from > 0 && Character.isLetterOrDigit(text.charAt(from - 1)))
        || (to < text.length() && Character.isLetterOrDigit(text.charAt(to)))) {
      return false;
    }
    String plain = word.pattern().plain();
    int replaced = 0;
    for (int i = 0; i < n; i++) {
      int want = plain.charAt(word.skeleton().start(i));
      int got = text.charAt(skeleton.start(first + i));
      if (Character.toLowerCase(want) != Character.toLowerCase(got)) {
        if (!Character.isLetter(want) || Character.isLetter(got)) {
          return false;
        }
        replaced++;
      }
      if (i > 0) {
        String gap =
            Gap.collapse(word.classes(), word.skeleton().end(i - 1), word.skeleton().start(i));
        int gapFrom = skeleton.end(first + i - 1);
        int gapTo = skeleton.start(first + i);
        if (gapTo - gapFrom > gap.length() + 8 || !Gap.collapse(text, gapFrom, gapTo).equals(gap)) {
          return false;
        }
      }
    }
    return replaced >= FEWEST_REPLACED;
  }

  private static String classes(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      if (c == 'l' || c == 'L') {
        chars[i] = 'i';
      } else if (!Ascii.isLetter(c)) {
        int at = CLASSES.indexOf(c);
        chars[i] = at >= 0 ? CLASSES.charAt(at + 1) : c;
      }
    }
    return new String(chars);
  }

  private static boolean isReplaceable(int c) {
    return "aeilostzgb".indexOf(Character.toLowerCase(c)) >= 0;
  }
}
