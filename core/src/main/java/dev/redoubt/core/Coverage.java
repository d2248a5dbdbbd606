package dev.redoubt.core;

import java.util.List;

/**
 * What was tested, what was not, and why: silence is never read as safety.
 *
 * @param tested what ran and reached verdicts
 * @param notTested what did not, each with its reason
 */
public record Coverage(List<Item> tested, List<Gap> notTested) {
  public Coverage {
    tested = List.copyOf(tested);
    notTested = List.copyOf(notTested);
  }

  /**
   * Something that was tested.
   *
   * @param component name of the component
   * @param what what was tested on it, such as an objective
   * @param detail how much, such as {@code 15 attempts, 15 distinct, 0 unassessed}
   */
  public record Item(String component, String what, String detail) {}

  /**
   * Something that was not tested.
   *
   * @param component name of the component
   * @param what what was not tested
   * @param reason why, and what to add
   */
  public record Gap(String component, String what, String reason) {}

  /** Joins two coverages. */
  public Coverage plus(Coverage other) {
    return new Coverage(concat(tested, other.tested), concat(notTested, other.notTested));
  }

  private static <T> List<T> concat(List<T> a, List<T> b) {
    return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
  }
}
