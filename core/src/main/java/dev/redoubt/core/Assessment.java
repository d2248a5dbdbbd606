package dev.redoubt.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an assessment found about a system.
 *
 * @param system the system
 * @param run which run it was; everything that differs between two equal runs is in here
 * @param findings what is wrong, worst first
 * @param facts what was established
 * @param coverage what was and was not tested
 */
public record Assessment(
    AiSystem system, Run run, List<Finding> findings, List<Fact> facts, Coverage coverage) {
  public Assessment {
    findings = List.copyOf(findings);
    facts = List.copyOf(facts);
  }

  /**
   * The run behind an assessment.
   *
   * @param id id of the run
   * @param toolVersion version of Redoubt
   * @param seed seed of the run
   * @param started when it began
   * @param duration how long it took
   */
  public record Run(String id, String toolVersion, long seed, Instant started, Duration duration) {}
}
