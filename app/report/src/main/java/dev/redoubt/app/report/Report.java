package dev.redoubt.app.report;

import dev.redoubt.core.Assessment;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Twin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the report files of one run are made of.
 *
 * @param assessment the system, its findings, and what was and was not tested
 * @param attempts every attempt of the run in the order of its plan, those without a verdict too
 * @param twins ordinary questions that were asked beside composed attacks
 * @param demo what "break it, fix it, break it again" showed; absent for a plain assessment
 * @param execution how it ran and how to repeat it
 */
public record Report(
    Assessment assessment,
    List<Attempt> attempts,
    List<Twin> twins,
    @Nullable Demo demo,
    Execution execution) {
  public Report {
    attempts = List.copyOf(attempts);
    twins = List.copyOf(twins);
  }

  /** A report of a run without ordinary questions beside its attacks. */
  public Report(
      Assessment assessment, List<Attempt> attempts, @Nullable Demo demo, Execution execution) {
    this(assessment, attempts, List.of(), demo, execution);
  }

  /**
   * A report of a plain run that went to its end, repeated by {@code redoubt assess}.
   *
   * @param assessment the system, its findings, and what was and was not tested
   * @param attempts every attempt of the run
   * @param demo what the demo showed; absent for a plain assessment
   */
  public Report(Assessment assessment, List<Attempt> attempts, @Nullable Demo demo) {
    this(
        assessment,
        attempts,
        demo,
        Execution.of(
            (demo == null ? "redoubt assess" : "redoubt demo")
                + " --seed "
                + assessment.run().seed()));
  }
}
