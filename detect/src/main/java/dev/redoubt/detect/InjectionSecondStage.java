package dev.redoubt.detect;

import java.util.List;

/**
 * Judges the windows that the first stage of {@link InjectionDetector} is not certain of. Found by
 * {@link java.util.ServiceLoader}; where there is none the first stage decides alone, by its strict
 * threshold, and says so.
 *
 * @since 0.1.0
 */
public interface InjectionSecondStage {
  /** Most windows of one call. */
  int MOST_WINDOWS = 40;

  /** Name for people. */
  String name();

  /** Version or digest of the model. */
  String model();

  /**
   * Gives the probability of 0 to 1 that each window carries an attack, in the same order.
   * Thread-safe; may throw: the verdict is then <i>not run</i>, never <i>clean</i>.
   *
   * @param windows at most {@value #MOST_WINDOWS}
   */
  float[] score(List<InjectionWindow> windows);
}
