package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Twin;

/**
 * Hears how a pass goes. Called from one thread at a time, in the order of the plan.
 *
 * @since 0.1.0
 */
public interface CampaignListener {
  /** Hears nothing and never stops. */
  CampaignListener NONE = new CampaignListener() {};

  /**
   * The pass begins.
   *
   * @param plan what will be done
   * @param taped how many of its attempts an earlier run has done already
   */
  default void started(Plan plan, int taped) {}

  /**
   * An attempt has its verdict.
   *
   * @param attempt the attempt
   * @param done attempts with a verdict or a reason for none, this one included
   * @param total attempts of the plan
   */
  default void attempt(Attempt attempt, int done, int total) {}

  /**
   * An ordinary question was asked beside composed attacks.
   *
   * @param twin the question, and what came of it
   * @param done see {@link #attempt}
   * @param total see {@link #attempt}
   */
  default void twin(Twin twin, int done, int total) {}

  /** Something that the user should know. */
  default void note(String line) {}

  /** True once the user wants to stop; calls under way are brought to their end. */
  default boolean cancelled() {
    return false;
  }
}
