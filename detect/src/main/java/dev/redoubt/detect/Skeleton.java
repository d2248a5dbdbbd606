package dev.redoubt.detect;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The letters and digits of a text, folded, with where each stands: what is left of a value however
 * its characters are set apart.
 */
final class Skeleton {
  /** ASCII letters and digits in lower case; 0 for all else. */
  private static final byte[] FOLDED = new byte[128];

  static {
    for (int c = 0; c < FOLDED.length; c++) {
      FOLDED[c] = (byte) (Ascii.isUpper(c) ? c + 32 : Ascii.isAlnum(c) ? c : 0);
    }
  }

  /** Folds an ASCII character; 0 when it is neither letter nor digit. */
  static int folded(int ascii) {
    return FOLDED[ascii];
  }

  private int[] chars;
  private int[] starts;
  private int[] ends;
  private int size;

  private Skeleton(int capacity) {
    this(new int[capacity], new int[capacity], new int[capacity]);
  }

  private Skeleton(int[] chars, int[] starts, int[] ends) {
    this.chars = chars;
    this.starts = starts;
    this.ends = ends;
  }

  static Skeleton of(String text) {
    Skeleton skeleton = new Skeleton(Math.max(16, text.length()));
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c < 0x80) {
        int folded = FOLDED[c];
        if (folded != 0) {
          skeleton.add(folded, i, i + 1);
        }
        i++;
        continue;
      }
      int cp = text.codePointAt(i);
      int next = i + Character.charCount(cp);
      if (Character.isLetterOrDigit(cp)) {
        int from = i;
        Folding.fold(cp, part -> skeleton.add(part, from, next));
      }
      i = next;
    }
    return skeleton;
  }

  /** The same places with other characters. */
  Skeleton turned(IntUnaryOperator turn) {
    Skeleton turned = new Skeleton(new int[size], starts, ends);
    for (int i = 0; i < size; i++) {
      turned.chars[i] = turn.applyAsInt(chars[i]);
    }
    turned.size = size;
    return turned;
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
