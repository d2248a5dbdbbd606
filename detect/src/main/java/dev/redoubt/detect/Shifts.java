package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Tells in one pass by which shifts of the alphabet a text may hold a value.
 *
 * <p>However far letters are shifted, the distance from each to the next stays. So values and text
 * are compared by these: every letter is replaced by its distance from the letter before it, and
 * digits stay. Where all distances agree, the letters say by how much they were shifted.
 */
final class Shifts {
  /** Stands in the result for the alphabet that runs from z to a. */
  static final int MIRRORED = 1 << 26;

  private static final int LETTERS = 26;

  /**
   * What a value needs.
   *
   * @param fromLetter how many characters from its last letter to its end
   */
  private record Word(int letter, int fromLetter) {}

  private final List<Word> words = new ArrayList<>();
  private final PatternAutomaton automaton;

  Shifts(List<FactPattern> patterns) {
    List<int[]> distances = new ArrayList<>();
    for (FactPattern pattern : patterns) {
      int[] word = pattern.word();
      int first = 0;
      while (first < word.length && !Ascii.isLower(word[first])) {
        first++;
      }
      // A value without one is the same however the alphabet is shifted.
      if (first + 1 < word.length && pattern.survivesAnyShift()) {
        int last = word.length - 1;
        while (!Ascii.isLower(word[last])) {
          last--;
        }
        words.add(new Word(word[last], word.length - last));
        Distances each = new Distances(1);
        int[] all = Arrays.stream(word).map(each).toArray();
        distances.add(Arrays.copyOfRange(all, first + 1, all.length));
      }
    }
    automaton = new PatternAutomaton(distances);
  }

  /**
   * Finds the shifts.
   *
   * @return a bit for each shift that a value may have, from 0 to 25, and {@link #MIRRORED}; none
   *     that is missing holds one
   */
  int in(Skeleton text) {
    if (words.isEmpty()) {
      return 0;
    }
    int[] found = new int[1];
    automaton.search(
        text.turned(new Distances(1)),
        (index, last) -> {
          Word word = words.get(index);
          int letter = last - word.fromLetter() + 1;
          if (letter >= 0) {
            found[0] |= 1 << Math.floorMod(word.letter() - text.at(letter), LETTERS);
          }
        });
    automaton.search(text.turned(new Distances(-1)), (index, last) -> found[0] |= MIRRORED);
    return found[0];
  }

  /** Replaces letters, one after the other, by their distances from the last. */
  private static final class Distances implements IntUnaryOperator {
    private final int sign;
    private int last = 'a';

    Distances(int sign) {
      this.sign = sign;
    }

    @Override
    public int applyAsInt(int c) {
      if (!Ascii.isLower(c)) {
        return c;
      }
      int distance = sign * (c - last);
      last = c;
      return 'a' + (distance < 0 ? distance + LETTERS : distance);
    }
  }
}
