package dev.redoubt.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds all of many words in one pass, in either case (Aho and Corasick, "Efficient string
 * matching", 1975), with a table of steps for ASCII: words of other characters are refused.
 */
final class WordTrie {
  private static final int WIDTH = 128;

  private final List<String> words;
  private char[] steps = new char[WIDTH * 256];
  private int nodes = 1;
  private final List<int[]> ends = new ArrayList<>();

  /** Takes a word that was found. */
  interface Hit {
    void found(int word, int start, int end);
  }

  WordTrie(List<String> words) {
    this.words = List.copyOf(words);
    ends.add(new int[0]);
    for (int w = 0; w < words.size(); w++) {
      insert(w);
    }
    link();
  }

  private void insert(int word) {
    int node = 0;
    String lower = words.get(word).toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= WIDTH) {
        throw new IllegalArgumentException("no ASCII: " + lower);
      }
      int slot = node * WIDTH + c;
      if (steps[slot] == 0) {
        if ((nodes + 1) * WIDTH > steps.length) {
          steps = Arrays.copyOf(steps, steps.length * 2);
        }
        ends.add(new int[0]);
        steps[slot] = (char) nodes++;
      }
      node = steps[slot];
    }
    ends.set(node, with(ends.get(node), word));
  }

  private void link() {
    int[] fails = new int[nodes];
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int c = 0; c < WIDTH; c++) {
      if (steps[c] != 0) {
        queue.add((int) steps[c]);
      }
    }
    while (!queue.isEmpty()) {
      int node = queue.remove();
      for (int word : ends.get(fails[node])) {
        ends.set(node, with(ends.get(node), word));
      }
      for (int c = 0; c < WIDTH; c++) {
        int child = steps[node * WIDTH + c];
        int other = steps[fails[node] * WIDTH + c];
        if (child == 0) {
          steps[node * WIDTH + c] = (char) other;
        } else {
          fails[child] = other;
          queue.add(child);
        }
      }
    }
  }

  private static int[] with(int[] all, int one) {
    int[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = one;
    return more;
  }

  /** Reports every place where a word stands. */
  void search(String text, Hit hit) {
    int node = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= WIDTH) {
        node = 0;
        continue;
      }
      node = steps[node * WIDTH + (Ascii.isUpper(c) ? c | 0x20 : c)];
      for (int word : ends.get(node)) {
        hit.found(word, i + 1 - words.get(word).length(), i + 1);
      }
    }
  }
}
