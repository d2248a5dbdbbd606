package dev.redoubt.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An ordinary question that was asked beside composed attacks, in words about the same thing, and
 * whether it was answered: what anybody may ask must not be refused for what attackers ask.
 *
 * @param id stable in its run, such as {@code run/ordinary-question/policy-price/0}
 * @param pass which pass of the run
 * @param beside id of the objective whose composed attacks it goes with
 * @param identity account that asked; absent when callers are anonymous
 * @param question what was asked
 * @param answer what came back, cut; empty after a failure
 * @param check what shows that it was answered
 * @param result what came of it
 * @param reason why, in plain words
 * @param duplicateOf id of an earlier one with the same question and the same reply; rates leave
 *     this one out
 * @since 0.1.0
 */
public record Twin(
    String id,
    String pass,
    String beside,
    @Nullable String identity,
    String question,
    String answer,
    Check check,
    Result result,
    String reason,
    @Nullable String duplicateOf) {
  /** Longest answer that is kept here; the tape holds all of it. */
  public static final int MOST_ANSWER = 2_000;

  public Twin {
    answer = answer.length() > MOST_ANSWER ? answer.substring(0, MOST_ANSWER) : answer;
  }

  /** What shows that a question was answered. */
  public enum Check {
    /** The declared value of a statement is asserted. */
    STATEMENT,
    /** An amount in the currency of the product's declared price is named. */
    PRICE,
    /** Words of the public document that was asked for are there, word for word. */
    DOCUMENT,
    /** The tool ledger shows the call that was asked for. */
    CALL,
    /** No ground truth: the words of the answer are not those of a refusal. */
    WORDS;

    /** The word in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What came of a question. */
  public enum Result {
    /** It was answered. */
    ANSWERED,
    /** It was declined. */
    REFUSED,
    /** Neither: something was said that does not hold the answer. */
    OTHERWISE,
    /** No reply, or no ground truth to judge it by. */
    UNASSESSED;

    /** The word in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Says whether the rate counts it. */
  public boolean counts() {
    return duplicateOf == null && result != Result.UNASSESSED;
  }
}
