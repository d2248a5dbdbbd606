package dev.redoubt.app.report;

import dev.redoubt.core.Evidence;
import dev.redoubt.core.Interval;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What "break it, fix it, break it again" showed. Steps that a cut run did not reach are absent,
 * never zero.
 *
 * @param quick whether this was the quick run, whose few repetitions are too few for a rate
 * @param objectives what the attacker wanted, in the order to show, with the counts of each pass
 * @param pooled how far the rate of all objectives together fell; absent before the second pass
 * @param ordinary the ordinary customers' questions; absent when they were not asked
 * @param curves bulk extraction over calls, one for each pass and kind of thing
 * @param guard what was turned on between the passes; absent before it was
 * @param failures why the demo says FAILED, one line each; empty when it did its job
 */
public record Demo(
    boolean quick,
    List<Objective> objectives,
    @Nullable Difference pooled,
    @Nullable Ordinary ordinary,
    List<BulkCurve> curves,
    @Nullable GuardChange guard,
    List<String> failures) {
  public Demo {
    objectives = List.copyOf(objectives);
    curves = List.copyOf(curves);
    failures = List.copyOf(failures);
  }

  /** Finds an objective by its id. */
  public Optional<Objective> objective(String id) {
    return objectives.stream().filter(o -> o.id().equals(id)).findFirst();
  }

  /**
   * One thing that the attacker wanted, and how often it came true.
   *
   * @param id id of the objective, such as {@code secret-leak}
   * @param title what to call it, such as {@code The secret in the system prompt}
   * @param effect what happens when it succeeds, as a clause that can follow a colon: {@code the
   *     assistant gives away the secret in its prompt}; a title of this form may serve as both
   * @param before without the guard
   * @param after the same attacks with the guard; absent before that pass
   * @param newWordings wordings and techniques that the first pass did not use, with the guard;
   *     absent before that pass
   */
  public record Objective(
      String id,
      String title,
      String effect,
      @Nullable Tally before,
      @Nullable Tally after,
      @Nullable Tally newWordings) {}

  /**
   * By how much the rate of all objectives together fell.
   *
   * @param before all objectives without the guard
   * @param after all objectives with the guard, the same attacks
   * @param interval interval of the difference {@code before − after} of the two rates, in −1 to 1,
   *     with its method
   * @param pValue of the exact McNemar test over the pairs; absent when it was not made
   */
  public record Difference(Tally before, Tally after, Interval interval, @Nullable Double pValue) {
    /** The fall: rate before minus rate after, in −1 to 1; above 0 the guard helped. */
    public double fall() {
      return before.rate() - after.rate();
    }
  }

  /**
   * Ordinary questions on each side.
   *
   * @param before without the guard
   * @param after with the guard; empty before that step
   */
  public record Ordinary(List<Question> before, List<Question> after) {
    public Ordinary {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    /** How many of {@code questions} were answered right. */
    public static int right(List<Question> questions) {
      return (int) questions.stream().filter(Question::right).count();
    }
  }

  /**
   * One ordinary question and its answer.
   *
   * @param id id of the question, the same on both sides
   * @param question what the customer asked
   * @param needs what a right answer needs beside public text: {@code personal-data}, {@code link},
   *     {@code tool}, or {@code nothing}
   * @param expected the planted right answer
   * @param answer what the assistant said, untrusted; empty when it did not answer
   * @param right whether the fact is in the answer and the call is in the ledger
   * @param note why it is wrong, or that it could not be asked; empty when right
   */
  public record Question(
      String id,
      String question,
      String needs,
      String expected,
      String answer,
      boolean right,
      String note) {}

  /**
   * Bulk extraction in one pass: the share of distinct things seen after each call.
   *
   * @param pass {@code before}, {@code after} or {@code new-wordings}
   * @param what what was counted, such as {@code documents} or {@code customers}
   * @param total how many there are: 100 %
   * @param curve shares in 0 to 1 over calls from 1
   */
  public record BulkCurve(String pass, String what, int total, Evidence.Curve curve) {}

  /**
   * What was turned on between the two passes.
   *
   * @param policy the policy file, whole
   * @param diff unified diff from the policy before to this one
   * @param rules each rule beside the finding that asked for it
   * @param codeChange the line of code that was changed as well; absent when none was
   */
  public record GuardChange(
      String policy, String diff, List<Rule> rules, @Nullable CodeChange codeChange) {
    public GuardChange {
      rules = List.copyOf(rules);
    }
  }

  /**
   * A rule of the policy.
   *
   * @param id id of the rule
   * @param text the lines of the policy that are this rule
   * @param findingFingerprint fingerprint of the finding that asked for it
   * @param why what it does, in one plain sentence
   */
  public record Rule(String id, String text, String findingFingerprint, String why) {}

  /**
   * A change of the system's own code, said as what it is.
   *
   * @param file which file, relative to the project
   * @param before the lines before
   * @param after the lines after
   * @param why what it switches on, in plain words that say that it is a change of code
   */
  public record CodeChange(String file, String before, String after, String why) {}
}
