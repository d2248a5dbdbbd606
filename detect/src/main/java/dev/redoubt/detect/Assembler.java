package dev.redoubt.detect;

import dev.redoubt.detect.Fragment.Stand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts a value together from pieces, in the order that leaves the most evidence: that of the
 * conversation, its reverse, the order of the numbers that the pieces were given, or any.
 */
final class Assembler {
  /** More pieces than this are not put together. */
  private static final int MOST_PIECES = 128;

  /** Pieces of a value, and the evidence that they are no coincidence, in bits. */
  record Assembly(List<Fragment> pieces, double bits) {}

  private record Step(Fragment piece, int from, int count) {}

  private final SplitPattern pattern;
  private final List<Stands> stands;
  private final List<BitSet> known;

  /**
   * @param stands how the words of each text stand
   * @param known for each text, the characters of the value that the attacker had said by then
   */
  Assembler(SplitPattern pattern, List<Stands> stands, List<BitSet> known) {
    this.pattern = pattern;
    this.stands = stands;
    this.known = known;
  }

  /** The best assembly of the whole value; null when the pieces do not cover it. */
  @Nullable Assembly best(List<Fragment> pieces) {
    if (!covered(pieces)) {
      return null;
    }
    Assembly best = null;
    for (String encoding : pieces.stream().map(Fragment::encoding).distinct().toList()) {
      List<Fragment> alike = pieces.stream().filter(f -> f.encoding().equals(encoding)).toList();
      if (covered(alike)) {
        best = better(best, ordered(alike, encoding.isEmpty() ? 0 : Evidence.ENCODING_COST, false));
      }
    }
    if (best == null || best.bits() < Evidence.ENOUGH) {
      // Any short word is a character in some encoding.
      List<Fragment> sure =
          pieces.stream().filter(f -> !f.isShort() || f.encoding().isEmpty()).toList();
      best = better(best, ordered(sure, 0, true));
    }
    return best;
  }

  private static @Nullable Assembly better(@Nullable Assembly a, @Nullable Assembly b) {
    return a == null || (b != null && b.bits() > a.bits()) ? b : a;
  }

  private boolean covered(List<Fragment> pieces) {
    BitSet seen = new BitSet(pattern.length());
    pieces.forEach(f -> seen.set(f.from(), f.to()));
    return seen.cardinality() == pattern.length();
  }

  private @Nullable Assembly ordered(List<Fragment> pieces, double cost, boolean mixed) {
    ToDoubleFunction<Fragment> encoding =
        f -> mixed && !f.encoding().isEmpty() ? Evidence.ENCODING_COST : 0;
    ToDoubleFunction<Fragment> here =
        f -> encoding.applyAsDouble(f) + log(stands.get(f.answer()).count(f.stand(), f.isShort()));
    List<Fragment> natural = new ArrayList<>(pieces);
    natural.sort(Comparator.comparingInt(Fragment::answer).thenComparingInt(Fragment::start));
    Assembly best = cheaper(chain(natural, here, true), cost);
    if (best != null && best.bits() >= Evidence.ENOUGH) {
      return best;
    }
    double reordered = cost + Evidence.ORDER_COST;
    List<Fragment> backwards = new ArrayList<>(natural);
    Collections.reverse(backwards);
    best = better(best, cheaper(chain(backwards, here, true), reordered));
    List<Fragment> numbered =
        natural.stream()
            .filter(f -> f.label() >= 0)
            .sorted(Comparator.comparingInt(Fragment::label))
            .toList();
    if (covered(numbered)) {
      best = better(best, cheaper(chain(numbered, here, true), reordered));
    }
    List<Fragment> byPlace = new ArrayList<>(natural);
    byPlace.removeIf(Fragment::isShort);
    byPlace.sort(Comparator.comparingInt(Fragment::from).thenComparingInt(Fragment::to));
    ToDoubleFunction<Fragment> anywhere =
        f -> encoding.applyAsDouble(f) + log(everywhere(f.stand(), f.isShort()));
    return better(best, cheaper(chain(byPlace, anywhere, false), reordered));
  }

  private int everywhere(Stand least, boolean shortOnes) {
    return stands.stream().mapToInt(s -> s.count(least, shortOnes)).sum();
  }

  private static double log(int count) {
    return Evidence.log2(count);
  }

  private static @Nullable Assembly cheaper(@Nullable Assembly assembly, double cost) {
    return assembly == null ? null : new Assembly(assembly.pieces(), assembly.bits() - cost);
  }

  /**
   * The best chain of pieces in the order given, each of which goes on where the last one ended or
   * before.
   *
   * @param inOrder whether which texts the pieces stand in was a choice
   */
  private @Nullable Assembly chain(
      List<Fragment> pieces, ToDoubleFunction<Fragment> cost, boolean inOrder) {
    int n = pattern.length();
    int most = Math.min(n, MOST_PIECES);
    double[][] best = new double[n + 1][most + 1];
    @Nullable Step[][] steps = new @Nullable Step[n + 1][most + 1];
    for (double[] row : best) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    best[0][0] = 0;
    for (Fragment piece : pieces) {
      double price = cost.applyAsDouble(piece);
      BitSet given = known.get(piece.answer());
      for (int q = piece.from(); q < piece.to(); q++) {
        int old = given.nextSetBit(q);
        if (old >= 0 && old < piece.to()) {
          continue;
        }
        if (!piece.isShort() && !Consistency.standsFor(piece, q, pattern, price)) {
          continue;
        }
        double bits = Evidence.bits(pattern, piece, q) - price;
        for (int m = 0; m < most; m++) {
          double sum = best[q][m] + bits;
          if (sum > best[piece.to()][m + 1] && joins(steps[q][m], piece, q)) {
            best[piece.to()][m + 1] = sum;
            steps[piece.to()][m + 1] = new Step(piece, q, m);
          }
        }
      }
    }
    int count = 0;
    double bits = Double.NEGATIVE_INFINITY;
    for (int m = 1; m <= most; m++) {
      Step last = steps[n][m];
      double sum = best[n][m] - waysToCut(m, inOrder);
      if (sum > bits && last != null && last.piece().after()) {
        bits = sum;
        count = m;
      }
    }
    if (count == 0) {
      return null;
    }
    List<Fragment> chain = walk(steps, count);
    return Consistency.holds(chain, pattern, stands) ? new Assembly(chain, bits) : null;
  }

  private double waysToCut(int pieces, boolean inOrder) {
    double cuts = Evidence.choices(pattern.length() - 1, pieces - 1);
    int texts = stands.size();
    return inOrder ? cuts + Evidence.choices(texts, Math.min(pieces, texts)) : cuts;
  }

  /** Symbols that carry meaning must not be lost between two pieces, and no piece counts twice. */
  private static boolean joins(@Nullable Step last, Fragment piece, int at) {
    if (last == null) {
      return piece.before();
    }
    Fragment before = last.piece();
    boolean apart =
        before.answer() != piece.answer()
            || before.end() <= piece.start()
            || piece.end() <= before.start();
    return apart && (at > piece.from() || piece.before() || before.after());
  }

  private List<Fragment> walk(@Nullable Step[][] steps, int count) {
    List<Fragment> pieces = new ArrayList<>();
    int at = pattern.length();
    int m = count;
    while (m > 0) {
      Step step = steps[at][m];
      if (step == null) {
        throw new IllegalStateException("a chain of " + count + " pieces has a hole at " + at);
      }
      pieces.add(step.piece());
      at = step.from();
      m = step.count();
    }
    Collections.reverse(pieces);
    return pieces;
  }
}
