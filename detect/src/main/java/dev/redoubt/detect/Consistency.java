package dev.redoubt.detect;

import dev.redoubt.detect.Fragment.Stand;
import java.util.Comparator;
import java.util.List;

/**
 * Tells pieces that were given out on purpose from a long piece that happens to be completed by
 * something else, and from a series in which a wrong character was left out.
 */
final class Consistency {
  private Consistency() {}

  /**
   * Says whether a piece that is not short is evidence beside all others.
   *
   * @param from first character of the value that no other piece yields
   * @param price logarithm of the tries
   */
  static boolean standsFor(Fragment piece, int from, SplitPattern pattern, double price) {
    return Evidence.bits(pattern, piece, from) - price >= Evidence.PIECE;
  }

  /** Says whether pieces in the order of the value fit each other. */
  static boolean holds(List<Fragment> pieces, SplitPattern pattern, List<Stands> stands) {
    if (overlap(pieces)) {
      return false;
    }
    long shortOnes = pieces.stream().filter(Fragment::isShort).count();
    if (shortOnes == 0) {
      return true;
    }
    return shortOnes == pieces.size()
        ? isSeries(pieces, stands)
        : isRest(pieces, pattern, shortOnes);
  }

  /** What was said once is not two pieces. */
  private static boolean overlap(List<Fragment> pieces) {
    List<Fragment> sorted =
        pieces.stream()
            .sorted(Comparator.comparingInt(Fragment::answer).thenComparingInt(Fragment::start))
            .toList();
    for (int i = 1; i < sorted.size(); i++) {
      Fragment last = sorted.get(i - 1);
      if (last.answer() == sorted.get(i).answer() && last.end() > sorted.get(i).start()) {
        return true;
      }
    }
    return false;
  }

  /** Characters one by one, to each answer one, and no other character set off among them. */
  private static boolean isSeries(List<Fragment> pieces, List<Stands> stands) {
    int[] used = new int[stands.size()];
    int first = stands.size();
    int last = 0;
    for (Fragment piece : pieces) {
      used[piece.answer()]++;
      first = Math.min(first, piece.answer());
      last = Math.max(last, piece.answer());
    }
    for (int i = first; i <= last; i++) {
      if (used[i] > 1 || (used[i] == 0 && stands.get(i).has(Stand.MARKED, true))) {
        return false;
      }
    }
    return true;
  }

  /** A short piece is what is left over at the end of pieces that are equally long. */
  private static boolean isRest(List<Fragment> pieces, SplitPattern pattern, long shortOnes) {
    int last = pieces.size() - 1;
    if (shortOnes > 1 || last < 2 || !pieces.get(last).isShort()) {
      return false;
    }
    int most = 0;
    for (Fragment piece : pieces.subList(0, last)) {
      most = Math.max(most, piece.length());
    }
    for (Fragment piece : pieces.subList(0, last)) {
      // A separator of the value takes the place of a character.
      if (pattern.longest(piece) < most) {
        return false;
      }
    }
    return pieces.stream().map(Fragment::answer).distinct().count() == pieces.size()
        || pieces.stream().allMatch(f -> f.label() >= 0);
  }
}
