package dev.redoubt.core;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an assessor is given beside the system: limits, a seed, and where its results go.
 * Thread-safe.
 */
public interface AssessmentContext {

  /** Seed from which every random choice of the run derives. */
  long seed();

  /** Id of the run. */
  String runId();

  /** Folder of the run, for tapes; exists. */
  Path runFolder();

  /** Folder that relative paths of the system's description start from. */
  Path baseFolder();

  /** What the assessor may use up at most on each component. */
  Limits limits();

  /**
   * True when nothing may be called: what is found is what the tape of the run folder holds, judged
   * anew.
   */
  default boolean offline() {
    return false;
  }

  /** True when everything is to be tried rather than a selection that takes little time. */
  default boolean thorough() {
    return false;
  }

  /**
   * Something that whoever runs the assessment lends to assessors that know its type, such as a
   * model that they may ask; empty by default.
   */
  default <T> Optional<T> lent(Class<T> type) {
    return Optional.empty();
  }

  /** How much is asked in the words of the system's own description. */
  default OwnWords ownWords() {
    return OwnWords.ON;
  }

  /** True once the user asked to stop. */
  boolean cancelled();

  /**
   * Reports progress.
   *
   * @param what what is being done
   * @param done steps done
   * @param total steps planned
   */
  void progress(String what, long done, long total);

  /** Takes a line that the user should know, such as a forecast; does nothing by default. */
  default void note(String line) {}

  /** Takes a finding. */
  void finding(Finding finding);

  /** Takes an attempt with its verdict, where the assessor makes attempts. */
  void attempt(Attempt attempt);

  /** Takes an ordinary question that was asked beside attacks; does nothing by default. */
  default void twin(Twin twin) {}

  /** Takes a fact. */
  void fact(Fact fact);
}
