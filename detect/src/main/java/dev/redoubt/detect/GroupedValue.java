package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides whether a value that stands in pieces, or without its own separators, is whole. */
final class GroupedValue {
  private GroupedValue() {}

  /**
   * @param word letters and digits of the value
   * @param wanted what stands before, between and after them in the value
   * @param found what stands between them in the text
   */
  static boolean holds(int[] word, List<String> wanted, List<String> found) {
    Map<String, String> replaced = new HashMap<>();
    List<Integer> pieces = new ArrayList<>();
    List<String> cuts = new ArrayList<>();
    int length = 1;
    boolean inserted = false;
    for (int i = 0; i < found.size(); i++) {
      String want = wanted.get(i + 1);
      String got = unemphasised(found.get(i), want);
      boolean cut = !got.equals(want) && !got.isEmpty();
      if (!want.isEmpty()) {
        if (!replaces(want, got, isDigit(word[i]) && isDigit(word[i + 1]))) {
          return false;
        }
        // A dash that is a dash here and a blank there is a part of the value and another word.
        String before = replaced.putIfAbsent(want, got);
        if (before != null && !before.equals(got)) {
          return false;
        }
      } else {
        inserted |= cut;
      }
      if (cut) {
        pieces.add(length);
        cuts.add(got);
        length = 0;
      }
      length++;
    }
    pieces.add(length);
    if (pieces.size() == 1) {
      return true;
    }
    return (solid(word, 0, pieces.get(0)) && solid(word, word.length - length, length))
        || (inserted && evenBlocks(pieces, cuts));
  }

  /** "**AB12**-CD34": emphasis around a part of the value, at one of its own separators. */
  private static String unemphasised(String got, String want) {
    return !want.isEmpty() && got.replaceAll("[*`~]+", "").equals(want) ? want : got;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Says whether a separator of the value may look like this in a text. */
  private static boolean replaces(String want, String got, boolean betweenDigits) {
    if (got.equals(want)) {
      return true;
    }
    if (!Gap.isWeak(want)) {
      return got.replace(" ", "").equals(want.replace(" ", ""));
    }
    if (want.isBlank()) {
      return Gap.isWeak(got);
    }
    if (betweenDigits && (want.equals(".") || want.equals(","))) {
      return false; // 4.2 is not 42.
    }
    return got.isBlank() || got.strip().equals(want.strip());
  }

  /** A piece at an edge that is more than a short word that happens to stand there. */
  private static boolean solid(int[] word, int from, int length) {
    if (length >= 3) {
      return true;
    }
    return length == 2 && (isDigit(word[from]) || isDigit(word[from + 1]));
  }

  private static boolean evenBlocks(List<Integer> pieces, List<String> cuts) {
    int size = pieces.get(0);
    for (int i = 1; i < pieces.size(); i++) {
      int piece = pieces.get(i);
      boolean last = i == pieces.size() - 1;
      if (last ? piece > size : piece != size) {
        return false;
      }
    }
    return pieces.size() >= 3 && cuts.stream().distinct().count() == 1;
  }
}
