package dev.redoubt.detect;

import java.util.Arrays;

/**
 * Finds runs of the characters of an alphabet, and runs that were cut into blocks of the same
 * length by blanks, line breaks or punctuation.
 *
 * <p>Only equal blocks are joined, with one shorter block at the end: joining whatever stands
 * beside each other would complete a truncated value with the word after it.
 */
final class Blocks {
  private static final int MAX_GAP = 6;

  /** Takes the indexes of the characters of a run. */
  interface Visitor {
    void run(int[] indexes, int count);
  }

  private final String text;
  private final byte[] values;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int tokens;

  private Blocks(String text, byte[] values) {
    this.text = text;
    this.values = values;
  }

  /**
   * Visits the runs of a text.
   *
   * @param values for each ASCII character what it stands for, below 0 for those that are not of
   *     the alphabet
   */
  static void each(String text, byte[] values, int minimum, Visitor visitor) {
    Blocks blocks = new Blocks(text, values);
    blocks.tokenise();
    for (int i = 0; i < blocks.tokens; i++) {
      if (blocks.length(i) >= minimum) {
        blocks.visit(i, i, minimum, visitor);
      }
    }
    int i = 0;
    while (i < blocks.tokens) {
      int last = blocks.equalBlocks(i);
      int end = blocks.withTail(i, last);
      if (end > i) {
        blocks.visit(i, end, minimum, visitor);
      }
      i = last + 1;
    }
  }

  private void tokenise() {
    int i = 0;
    while (i < text.length()) {
      if (!has(text.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      while (i < text.length() && has(text.charAt(i))) {
        i++;
      }
      if (tokens == starts.length) {
        starts = Arrays.copyOf(starts, tokens * 2);
        ends = Arrays.copyOf(ends, tokens * 2);
      }
      starts[tokens] = from;
      ends[tokens] = i;
      tokens++;
    }
  }

  private boolean has(char c) {
    return c < values.length && values[c] >= 0;
  }

  private int length(int token) {
    return ends[token] - starts[token];
  }

  /** Index of the last of the blocks from {@code first} on that are as long as it. */
  private int equalBlocks(int first) {
    int last = first;
    while (last + 1 < tokens
        && length(last + 1) == length(first)
        && joined(last)
        && standsAlone(last)
        && standsAlone(last + 1)) {
      last++;
    }
    return last;
  }

  private int withTail(int first, int last) {
    int tail = last + 1;
    if (tail >= tokens
        || length(tail) >= length(last)
        || !joined(last)
        || !standsAlone(last)
        || !standsAlone(tail)) {
      return last;
    }
    if (last > first) {
      return tail;
    }
    boolean wrapped = text.substring(ends[last], starts[tail]).indexOf('\n') >= 0;
    int after = ends[tail];
    boolean ended =
        after == text.length() || text.charAt(after) == '\n' || text.charAt(after) == '=';
    return wrapped && ended ? tail : last;
  }

  /** Says whether little and nothing wordlike stands between a block and the next. */
  private boolean joined(int token) {
    int from = ends[token];
    int to = starts[token + 1];
    if (to - from > MAX_GAP) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (Ascii.isLetterOrDigit(c) || c == '=' || c == FactPattern.BREAK) {
        return false;
      }
    }
    return true;
  }

  private boolean standsAlone(int token) {
    return (starts[token] == 0 || !Ascii.isLetterOrDigit(text.charAt(starts[token] - 1)))
        && (ends[token] == text.length() || !Ascii.isLetterOrDigit(text.charAt(ends[token])));
  }

  private void visit(int first, int last, int minimum, Visitor visitor) {
    int count = 0;
    for (int t = first; t <= last; t++) {
      count += length(t);
    }
    if (count < minimum) {
      return;
    }
    int[] indexes = new int[count];
    int n = 0;
    for (int t = first; t <= last; t++) {
      for (int i = starts[t]; i < ends[t]; i++) {
        indexes[n++] = i;
      }
    }
    visitor.run(indexes, count);
  }
}
