package dev.redoubt.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds all of many words in one pass (Aho and Corasick, "Efficient string matching", 1975).
 *
 * <p>Edges lie in one hash table, so that memory is linear in the words whatever their alphabet.
 */
final class PatternAutomaton {
  private static final int ASCII = 128;

  private final List<int[]> words;
  private long[] edgeKeys = new long[64];
  private int[] edgeTargets = new int[64];
  private int edges;
  private int nodes = 1;
  private int[] fails = new int[16];
  private int[] firstWord = new int[16];

  /** Nearest node on the way of fails at which a word ends. */
  private int[] suffixes = new int[16];

  private final int[] nextSame;

  /** For each ASCII character, a bit for each that is the second of a word which begins with it. */
  private final long[] begins = new long[2 * ASCII];

  /** Takes a word that was found. */
  interface Hit {
    void found(int word, int lastIndex);
  }

  PatternAutomaton(List<int[]> words) {
    this.words = List.copyOf(words);
    this.nextSame = new int[words.size()];
    Arrays.fill(edgeKeys, -1);
    firstWord[0] = -1;
    for (int w = 0; w < words.size(); w++) {
      insert(w);
    }
    words.forEach(this::noteBeginning);
    link();
  }

  private void noteBeginning(int[] word) {
    int first = word.length == 0 ? ASCII : word[0];
    if (first >= ASCII) {
      return;
    }
    if (word.length > 1 && word[1] < ASCII) {
      begins[2 * first + (word[1] >> 6)] |= 1L << word[1];
    } else {
      begins[2 * first] = -1;
      begins[2 * first + 1] = -1;
    }
  }

  /** Says whether a word may begin with two characters; false for certain where none does. */
  private boolean mayBegin(int first, int second) {
    return first >= ASCII
        || second >= ASCII
        || (begins[2 * first + (second >> 6)] >> second & 1) != 0;
  }

  /**
   * Says whether a word may stand among the letters and digits of bytes, of which those beyond
   * ASCII are none.
   */
  boolean mayHold(byte[] bytes, int size) {
    int last = -1;
    for (int i = 0; i < size; i++) {
      int c = bytes[i] < 0 ? 0 : Skeleton.folded(bytes[i]);
      if (c != 0) {
        if (last >= 0 && mayBegin(last, c)) {
          return true;
        }
        last = c;
      }
    }
    return false;
  }

  private void insert(int word) {
    int node = 0;
    for (int c : words.get(word)) {
      int child = child(node, c);
      if (child < 0) {
        child = newNode();
        putEdge(key(node, c), child);
      }
      node = child;
    }
    nextSame[word] = firstWord[node];
    firstWord[node] = word;
  }

  private int newNode() {
    if (nodes == fails.length) {
      fails = Arrays.copyOf(fails, nodes * 2);
      firstWord = Arrays.copyOf(firstWord, nodes * 2);
      suffixes = Arrays.copyOf(suffixes, nodes * 2);
    }
    firstWord[nodes] = -1;
    return nodes++;
  }

  private void link() {
    List<List<int[]>> children = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      children.add(new ArrayList<>(1));
    }
    for (int i = 0; i < edgeKeys.length; i++) {
      if (edgeKeys[i] >= 0) {
        int[] edge = {(int) (edgeKeys[i] & 0x1FFFFF), edgeTargets[i]};
        children.get((int) (edgeKeys[i] >> 21)).add(edge);
      }
    }
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    queue.add(0);
    while (!queue.isEmpty()) {
      int node = queue.remove();
      for (int[] edge : children.get(node)) {
        int target = edge[1];
        fails[target] = node == 0 ? 0 : step(fails[node], edge[0]);
        int fail = fails[target];
        suffixes[target] = firstWord[fail] >= 0 ? fail : suffixes[fail];
        queue.add(target);
      }
    }
  }

  /** Reports every place where a word ends. */
  void search(Skeleton text, Hit hit) {
    int node = 0;
    int size = text.size();
    for (int i = 0; i < size; i++) {
      int c = text.at(i);
      // Most characters of a text begin no word; the table of edges is not asked for those.
      if (node == 0 && i + 1 < size && !mayBegin(c, text.at(i + 1))) {
        continue;
      }
      node = step(node, c);
      int at = firstWord[node] >= 0 ? node : suffixes[node];
      while (at != 0) {
        for (int w = firstWord[at]; w >= 0; w = nextSame[w]) {
          hit.found(w, i);
        }
        at = suffixes[at];
      }
    }
  }

  private int step(int from, int c) {
    int node = from;
    while (true) {
      int child = child(node, c);
      if (child >= 0) {
        return child;
      }
      if (node == 0) {
        return 0;
      }
      node = fails[node];
    }
  }

  private static long key(int node, int c) {
    return ((long) node << 21) | c;
  }

  private int child(int node, int c) {
    int slot = slot(key(node, c));
    return edgeKeys[slot] < 0 ? -1 : edgeTargets[slot];
  }

  private int slot(long key) {
    int mask = edgeKeys.length - 1;
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) ((mixed ^ (mixed >>> 32)) & mask);
    while (edgeKeys[slot] >= 0 && edgeKeys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void putEdge(long key, int target) {
    if (edges * 2 >= edgeKeys.length) {
      long[] oldKeys = edgeKeys;
      int[] oldTargets = edgeTargets;
      edgeKeys = new long[oldKeys.length * 2];
      edgeTargets = new int[oldKeys.length * 2];
      Arrays.fill(edgeKeys, -1);
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] >= 0) {
          int slot = slot(oldKeys[i]);
          edgeKeys[slot] = oldKeys[i];
          edgeTargets[slot] = oldTargets[i];
        }
      }
    }
    int slot = slot(key);
    edgeKeys[slot] = key;
    edgeTargets[slot] = target;
    edges++;
  }
}
