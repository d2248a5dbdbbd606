package dev.redoubt.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an attack and its verdict.
 *
 * @param id stable in its run, such as {@code before/secret-leak/authority/2}
 * @param pass which pass of the run: {@code run} where there is only one, else {@code before},
 *     {@code after}, {@code new-wordings}
 * @param objective id of the objective
 * @param technique id of the technique
 * @param wording index of the wording that was used, from 0; from {@link #COMPOSED_FROM} on it was
 *     composed from the system's own words
 * @param repetition from 0
 * @param seed sampling seed of the call
 * @param outcome the verdict
 * @param reason why, in plain words: what was found, or why there is no verdict
 * @param factsSeen names of the planted facts that came out
 * @param duplicateOf id of an earlier attempt with the same prompt and the same reply; rates leave
 *     this one out
 * @param transcript what was said; not copied, since it may be read from the tape when it is looked
 *     at, and must not change
 * @param watched whether its run could stop early for what it saw: rates need a confidence sequence
 *     then
 * @param spread how it spread through a population; absent when that was not measured
 */
public record Attempt(
    String id,
    String pass,
    String objective,
    String technique,
    int wording,
    int repetition,
    long seed,
    Outcome outcome,
    String reason,
    List<String> factsSeen,
    @Nullable String duplicateOf,
    List<Evidence.Turn> transcript,
    boolean watched,
    @Nullable Spread spread) {
  /** Where the numbers of composed wordings begin. */
  public static final int COMPOSED_FROM = 2_000_000;

  public Attempt {
    factsSeen = List.copyOf(factsSeen);
  }

  /** An attempt of a run that was to make all its attempts. */
  public Attempt(
      String id,
      String pass,
      String objective,
      String technique,
      int wording,
      int repetition,
      long seed,
      Outcome outcome,
      String reason,
      List<String> factsSeen,
      @Nullable String duplicateOf,
      List<Evidence.Turn> transcript) {
    this(
        id,
        pass,
        objective,
        technique,
        wording,
        repetition,
        seed,
        outcome,
        reason,
        factsSeen,
        duplicateOf,
        transcript,
        false,
        null);
  }

  /** Says whether its request was composed from the words of the system's own description. */
  public boolean ownWords() {
    return wording >= COMPOSED_FROM;
  }

  /** Says whether this attempt has a verdict and is not a repeat, so that rates count it. */
  public boolean counts() {
    return duplicateOf == null && outcome != Outcome.UNASSESSED;
  }
}
