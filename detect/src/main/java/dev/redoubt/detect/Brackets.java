package dev.redoubt.detect;

import java.util.Arrays;

/** Pairs square brackets once for a whole text, so that no bracket is walked back from twice. */
final class Brackets {
  private final int[] openers;

  Brackets(String text) {
    openers = new int[text.length()];
    Arrays.fill(openers, -1);
    int[] stack = new int[16];
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        if (depth == stack.length) {
          stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth++] = i;
      } else if (c == ']' && depth > 0) {
        openers[i] = stack[--depth];
      }
    }
  }

  /** Index of the bracket that a closing one belongs to; -1 when there is none. */
  int opener(int closer) {
    return openers[closer];
  }
}
