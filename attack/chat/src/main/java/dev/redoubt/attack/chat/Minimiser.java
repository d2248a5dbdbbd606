package dev.redoubt.attack.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Shrinks a winning attack to what makes it win: delta debugging (ddmin; Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input", IEEE TSE 28(2), 2002) over paragraphs,
 * sentences and words, with repeated tests, since a language model does not answer the same way
 * twice.
 *
 * <p>A shorter text is taken when a few tests of it succeed about as often as the original did. At
 * the end both are measured with fresh tests; when the short one does worse by more than ten
 * points, the last longer one that does not is given back.
 *
 * @since 0.1.0
 */
public final class Minimiser {
  private static final List<Pattern> UNITS =
      List.of(
          Pattern.compile("(?<=\n)"),
          Pattern.compile("(?<=[.!?:;]\\s)"),
          Pattern.compile("(?<=\\s)"));

  private static final double TOLERANCE = 0.1;

  private static final double DECIDED = Math.log(0.9 / 0.1);
  private static final double NEARLY_ALWAYS = 0.95;

  /** Of an attack that seldom succeeds no shorter one can be told from a dead one in less. */
  private static final int MOST_SCREENED = 60;

  private final Oracle oracle;
  private final int trials;
  private final BooleanSupplier stop;
  private final List<String> taken = new ArrayList<>();
  private int tests;
  private int fresh;
  private double aim;

  /** Tries a text. */
  public interface Oracle {
    /**
     * Attacks with a text.
     *
     * @param text the attack
     * @param trial a number that no other trial of this search has, to draw a seed from
     * @return whether it succeeded
     */
    boolean succeeds(String text, int trial) throws InterruptedException;
  }

  /**
   * What is left of an attack.
   *
   * @param original the attack as it was
   * @param minimal the shortest that does about as well
   * @param originalSuccesses fresh tests of the original that succeeded
   * @param minimalSuccesses fresh tests of the short one that succeeded
   * @param trials fresh tests of each
   * @param tests all tests that it took
   * @param complete false when the search was cut short by its limit, its user, or an original that
   *     never succeeded
   */
  public record Result(
      String original,
      String minimal,
      int originalSuccesses,
      int minimalSuccesses,
      int trials,
      int tests,
      boolean complete) {}

  /**
   * @param oracle tries a text
   * @param trials fresh tests of the original and of what is left of it, at least 5
   * @param stop true once the search must end
   */
  public Minimiser(Oracle oracle, int trials, BooleanSupplier stop) {
    if (trials < 5) {
      throw new IllegalArgumentException("a rate needs at least 5 trials, not " + trials);
    }
    this.oracle = oracle;
    this.trials = trials;
    this.stop = stop;
  }

  /** Searches. Used once. */
  public Result minimise(String original) throws InterruptedException {
    int before = successes(original);
    aim = (double) before / trials;
    taken.add(original);
    if (before > 0) {
      for (Pattern unit : UNITS) {
        shrink(unit);
      }
    }
    boolean complete = before > 0 && !stop.getAsBoolean();
    for (int back = 0; ; back = 2 * back + 1) {
      int index = Math.max(0, taken.size() - 1 - back);
      String candidate = taken.get(index);
      int after = index == 0 ? before : successes(candidate);
      if (index == 0 || (double) after / trials >= aim - TOLERANCE) {
        return new Result(original, candidate, before, after, trials, tests, complete);
      }
    }
  }

  private int successes(String text) throws InterruptedException {
    int successes = 0;
    for (int i = 0; i < trials; i++) {
      successes += succeeds(text) ? 1 : 0;
    }
    return successes;
  }

  private boolean succeeds(String text) throws InterruptedException {
    tests++;
    return oracle.succeeds(text, fresh++);
  }

  /** Takes parts away as long as what is left does as well: ddmin over one kind of unit. */
  private void shrink(Pattern unit) throws InterruptedException {
    List<String> parts = parts(taken.getLast(), unit);
    int pieces = 2;
    while (parts.size() > 1 && !stop.getAsBoolean()) {
      pieces = Math.min(pieces, parts.size());
      List<String> shorter = withoutAPiece(parts, pieces);
      if (shorter.size() < parts.size()) {
        parts = shorter;
        taken.add(text(parts));
        pieces = Math.max(2, pieces - 1);
      } else if (pieces < parts.size()) {
        pieces = pieces * 2;
      } else {
        return;
      }
    }
  }

  private List<String> withoutAPiece(List<String> parts, int pieces) throws InterruptedException {
    int size = parts.size();
    // From the front: padding is more often before the request than after it.
    for (int i = 0; i < pieces && !stop.getAsBoolean(); i++) {
      int from = (int) ((long) i * size / pieces);
      int to = (int) ((long) (i + 1) * size / pieces);
      var rest = new ArrayList<String>(parts.subList(0, from));
      rest.addAll(parts.subList(to, size));
      if (!text(rest).isBlank() && screened(text(rest))) {
        return rest;
      }
    }
    return parts;
  }

  /**
   * Tests until it is clear whether the text does about as well as the original or much worse:
   * Wald's sequential probability ratio test of the original's rate against a third of it, errors
   * of both kinds at one in ten (Wald, "Sequential Tests of Statistical Hypotheses", 1945).
   */
  private boolean screened(String text) throws InterruptedException {
    double well = Math.min(aim, NEARLY_ALWAYS);
    double badly = well / 3;
    double evidence = 0;
    for (int i = 0; i < MOST_SCREENED && Math.abs(evidence) < DECIDED; i++) {
      evidence += succeeds(text) ? Math.log(well / badly) : Math.log((1 - well) / (1 - badly));
    }
    return evidence >= DECIDED;
  }

  private static List<String> parts(String text, Pattern unit) {
    return unit.splitAsStream(text).filter(p -> !p.isEmpty()).toList();
  }

  private static String text(List<String> parts) {
    return String.join("", parts).strip();
  }
}
