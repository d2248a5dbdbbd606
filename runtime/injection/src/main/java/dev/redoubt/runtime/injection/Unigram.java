package dev.redoubt.runtime.injection;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * Splits text into pieces by the best path over unigram scores (Kudo 2018, as in SentencePiece).
 * The rules are those of `training/injection/vocabulary.py`: the model has seen no others.
 */
final class Unigram {
  static final int BEGIN = 0;
  static final int PAD = 1;
  static final int END = 2;
  static final int UNKNOWN = 3;
  private static final int SPECIALS = 4;
  private static final char MARK = '\u2581';
  private static final double UNKNOWN_PENALTY = 10;

  private final PieceTrie trie;
  private final float[] scores;
  private final double unknownScore;

  private Unigram(PieceTrie trie, float[] scores) {
    this.trie = trie;
    this.scores = scores;
    double least = 0;
    for (float score : scores) {
      least = Math.min(least, score);
    }
    this.unknownScore = least - UNKNOWN_PENALTY;
  }

  /**
   * Reads one piece a line, score and piece parted by a tab; the line number is the piece's id and
   * the first four are the special tokens, which no text can spell.
   */
  static Unigram read(byte[] file) {
    var lines = new String(file, StandardCharsets.UTF_8).lines().toArray(String[]::new);
    var scores = new float[lines.length];
    var trie = new PieceTrie(lines.length);
    for (int id = 0; id < lines.length; id++) {
      int tab = lines[id].indexOf('\t');
      if (tab < 0) {
        throw new InjectionModelException(
            "Line " + (id + 1) + " of the vocabulary is no score and piece");
      }
      try {
        scores[id] = Float.parseFloat(lines[id].substring(0, tab));
      } catch (NumberFormatException e) {
        throw new InjectionModelException(
            "Line " + (id + 1) + " of the vocabulary has no number for a score", e);
      }
      if (id >= SPECIALS) {
        trie.add(lines[id].substring(tab + 1), id);
      }
    }
    return new Unigram(trie, scores);
  }

  int size() {
    return scores.length;
  }

  /** The ids of the text's pieces, without special tokens. */
  int[] encode(String text) {
    var normal = normalise(text);
    var ids = new Ids();
    int from = 0;
    while (from <= normal.length() && !normal.isEmpty()) {
      int space = normal.indexOf(' ', from);
      int to = space < 0 ? normal.length() : space;
      split(MARK + normal.substring(from, to), ids);
      from = to + 1;
    }
    return ids.toArray();
  }

  /** NFKC; runs of white space are one space; control and format characters go. */
  static String normalise(String text) {
    var composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
    var kept = new StringBuilder(composed.length());
    boolean space = false;
    for (int at = 0; at < composed.length(); ) {
      int character = composed.codePointAt(at);
      at += Character.charCount(character);
      if (isSpace(character)) {
        if (!space) {
          kept.append(' ');
        }
        space = true;
      } else {
        space = false;
        if (!isDropped(character)) {
          kept.appendCodePoint(character);
        }
      }
    }
    return kept.toString().strip();
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == 0x85;
  }

  private static boolean isDropped(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private void split(String word, Ids ids) {
    int length = word.length();
    var best = new double[length + 1];
    var piece = new int[length + 1];
    var start = new int[length + 1];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    best[0] = 0;
    for (int from = 0; from < length; from++) {
      if (best[from] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      int one = from + Character.charCount(word.codePointAt(from));
      boolean known = false;
      int node = PieceTrie.ROOT;
      for (int to = from; to < length; ) {
        node = trie.next(node, word.charAt(to));
        if (node == PieceTrie.NONE) {
          break;
        }
        to++;
        int id = trie.piece(node);
        if (id != PieceTrie.NONE) {
          known |= to == one;
          double score = best[from] + scores[id];
          if (score > best[to]) {
            best[to] = score;
            piece[to] = id;
            start[to] = from;
          }
        }
      }
      if (!known && best[from] + unknownScore > best[one]) {
        best[one] = best[from] + unknownScore;
        piece[one] = UNKNOWN;
        start[one] = from;
      }
    }
    int first = ids.size;
    for (int to = length; to > 0; to = start[to]) {
      // Unknown characters side by side are one token.
      if (piece[to] != UNKNOWN || ids.size == first || ids.last() != UNKNOWN) {
        ids.add(piece[to]);
      }
    }
    ids.reverse(first);
  }

  /** A growing list of ids. */
  private static final class Ids {
    private int[] values = new int[64];
    private int size;

    void add(int id) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = id;
    }

    int last() {
      return values[size - 1];
    }

    void reverse(int from) {
      for (int low = from, high = size - 1; low < high; low++, high--) {
        int id = values[low];
        values[low] = values[high];
        values[high] = id;
      }
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
