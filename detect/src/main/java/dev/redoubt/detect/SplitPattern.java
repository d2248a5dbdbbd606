package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value in one of the orders in which it may be given out: as it is, or every second or third
 * character first. The parts of each order are looked for alike.
 */
final class SplitPattern {
  /** Values with fewer letters and digits can't be told from coincidence when they are in parts. */
  static final int SHORTEST = 6;

  private static final int LONGEST = 200;

  /** A domain stands in many addresses; its characters say little about which one came out. */
  private static final double DOMAIN_WEIGHT = 0.2;

  private final FactPattern fact;
  private final String order;
  private final int[] word;
  private final List<String> gaps;
  private final int[] original;
  private final double[] weights;

  private SplitPattern(FactPattern fact, String order, String text, int[] places) {
    this.fact = fact;
    this.order = order;
    Skeleton skeleton = Skeleton.of(text);
    this.word = skeleton.toArray();
    this.gaps = FactPattern.gaps(text, skeleton);
    this.original = new int[word.length];
    this.weights = new double[word.length];
    int at = fact.isEmail() ? fact.plain().indexOf('@') : Integer.MAX_VALUE;
    for (int i = 0; i < word.length; i++) {
      original[i] = places[skeleton.start(i)];
      weights[i] = original[i] > at ? DOMAIN_WEIGHT : 1;
    }
  }

  /** The orders of a value; none for the name of a person, whose parts are everybody's. */
  static List<SplitPattern> of(FactPattern fact) {
    int length = fact.word().length;
    if (fact.isName() || length < SHORTEST || length > LONGEST) {
      return List.of();
    }
    List<SplitPattern> orders = new ArrayList<>();
    String plain = fact.plain();
    int[] all = new int[plain.length()];
    Arrays.setAll(all, i -> i);
    orders.add(new SplitPattern(fact, "", plain, all));
    int[] bare =
        Arrays.stream(all).filter(i -> Character.isLetterOrDigit(plain.charAt(i))).toArray();
    boolean simple = plain.codePoints().count() == plain.length();
    for (int step = 2; simple && step <= 3 && length >= 3 * step; step++) {
      orders.add(strided(fact, step, all));
      // Whoever leaves the dashes out counts without them.
      if (bare.length < all.length && Gap.isWeak(String.join("", orders.get(0).gaps))) {
        orders.add(strided(fact, step, bare));
      }
    }
    return orders;
  }

  private static SplitPattern strided(FactPattern fact, int step, int[] places) {
    int[] order = new int[places.length];
    int n = 0;
    for (int first = 0; first < step; first++) {
      for (int i = first; i < places.length; i += step) {
        order[n++] = places[i];
      }
    }
    StringBuilder text = new StringBuilder(n);
    for (int place : order) {
      text.append(fact.plain().charAt(place));
    }
    String name = "every " + (step == 2 ? "second" : "third") + " character";
    return new SplitPattern(fact, name, text.toString(), order);
  }

  FactPattern fact() {
    return fact;
  }

  /** How the characters were reordered, for people; empty when they were not. */
  String order() {
    return order;
  }

  int length() {
    return word.length;
  }

  int at(int index) {
    return word[index];
  }

  /** What stands before the letter or digit at an index; for the length, what stands after all. */
  String gap(int index) {
    return gaps.get(index);
  }

  /** How many chars of the value a piece may take with the symbols in it and beside it. */
  int longest(Fragment piece) {
    int length = piece.length();
    for (int i = piece.from(); i <= piece.to(); i++) {
      length += gaps.get(i).length();
    }
    return length;
  }

  /** Index in the value of the letter or digit at an index of this order. */
  int original(int index) {
    return original[index];
  }

  /** How many characters' worth of evidence a range is, at most its length. */
  double weight(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += weights[i];
    }
    return sum;
  }

  /** Says whether a range holds digits, letters, or both. */
  Fragment.Content content(int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      digits += Character.isDigit(word[i]) ? 1 : 0;
    }
    return digits == to - from
        ? Fragment.Content.DIGITS
        : digits == 0 ? Fragment.Content.LETTERS : Fragment.Content.MIXED;
  }

  /** Finds the places in many patterns where one or two characters stand. */
  static final class Index {
    private static final int BUCKETS = 1 << 12;
    private final List<SplitPattern> patterns;
    private final int[] @Nullable [] pairs = new int[BUCKETS][];
    private final int[] @Nullable [] singles = new int[BUCKETS][];

    Index(List<SplitPattern> patterns) {
      this.patterns = List.copyOf(patterns);
      for (int w = 0; w < patterns.size(); w++) {
        SplitPattern pattern = patterns.get(w);
        for (int i = 0; i < pattern.length(); i++) {
          int place = w << 8 | i;
          add(singles, bucket(pattern.at(i), 0), place);
          if (i + 1 < pattern.length()) {
            add(pairs, bucket(pattern.at(i), pattern.at(i + 1)), place);
          }
        }
      }
    }

    List<SplitPattern> patterns() {
      return patterns;
    }

    /** Places, the number of the pattern in all but the low 8 bits; they may hold other chars. */
    int @Nullable [] pair(int first, int second) {
      return pairs[bucket(first, second)];
    }

    int @Nullable [] single(int c) {
      return singles[bucket(c, 0)];
    }

    private static int bucket(int a, int b) {
      int mixed = (a * 0x9E3779B9) ^ (b * 0x85EBCA6B);
      return (mixed ^ (mixed >>> 15)) & (BUCKETS - 1);
    }

    private static void add(int[] @Nullable [] table, int bucket, int place) {
      int[] old = table[bucket];
      int[] grown = old == null ? new int[1] : Arrays.copyOf(old, old.length + 1);
      grown[grown.length - 1] = place;
      table[bucket] = grown;
    }
  }
}
