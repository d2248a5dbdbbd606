package dev.redoubt.detect;

import java.util.Arrays;

/**
 * The letters and digits of a text, folded, with where each stands: what is left of a value however
 * its characters are set apart.
 */
final class Skeleton {
  private int[] chars;
  private int[] starts;
  private int[] ends;
  private int size;

  private Skeleton(int capacity) {
    chars = new int[capacity];
    starts = new int[capacity];
    ends = new int[capacity];
  }

  static Skeleton of(String text) {
    Skeleton skeleton = new Skeleton(Math.max(16, text.length()));
    for (int i = 0; i < text.length(); ) {
      int cp = text.codePointAt(i);
      int next = i + Character.charCount(cp);
      if (isPart(cp)) {
        int from = i;
        Folding.fold(cp, c -> skeleton.add(c, from, next));
      }
      i = next;
    }
    return skeleton;
  }

  private static boolean isPart(int cp) {
    if (cp < 0x80) {
      return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9');
    }
    return Character.isLetterOrDigit(cp);
  }

  private void add(int c, int start, int end) {
    if (size == chars.length) {
      chars = Arrays.copyOf(chars, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    chars[size] = c;
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  int size() {
    return size;
  }

  int at(int index) {
    return chars[index];
  }

  /** Where in the text the character stands. */
  int start(int index) {
    return starts[index];
  }

  /** Where in the text the character ends. */
  int end(int index) {
    return ends[index];
  }

  int[] toArray() {
    return Arrays.copyOf(chars, size);
  }
}
