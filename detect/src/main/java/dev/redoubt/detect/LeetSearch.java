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
  private static final String CLASSES = "4a@a3e1i!i|i0o5s$s7t+t2z9g6g8bli";

  private static final char[] CLASS_OF = new char[128];

  static {
    for (char c = 0; c < CLASS_OF.length; c++) {
      CLASS_OF[c] = c;
    }
    for (int i = 0; i < CLASSES.length(); i += 2) {
      CLASS_OF[CLASSES.charAt(i)] = CLASSES.charAt(i + 1);
    }
    CLASS_OF['L'] = 'i';
  }

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

  /** Says whether a value may stand in bytes, of which those beyond ASCII are no letters. */
  boolean mayHold(byte[] bytes, int size) {
    byte[] classes = new byte[size];
    for (int i = 0; i < size; i++) {
      classes[i] = bytes[i] < 0 ? 0 : (byte) CLASS_OF[bytes[i]];
    }
    return automaton.mayHold(classes, size);
  }

  void search(String text, Hit hit) {
    if (words.isEmpty() || replaced(text) < FEWEST_REPLACED) {
      return;
    }
    Skeleton skeleton = Skeleton.of(classes(text));
    automaton.search(
        skeleton,
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

  /** How many characters could stand for a letter. */
  private static int replaced(String text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      count += !Ascii.isLetter(c) && classOf(c) != c ? 1 : 0;
    }
    return count;
  }

  private static String classes(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = classOf(chars[i]);
    }
    return new String(chars);
  }

  private static char classOf(char c) {
    return c < 0x80 ? CLASS_OF[c] : c == '\u20AC' ? 'e' : c;
  }

  private static boolean isReplaceable(int c) {
    return "aeilostzgb".indexOf(Character.toLowerCase(c)) >= 0;
  }
}
