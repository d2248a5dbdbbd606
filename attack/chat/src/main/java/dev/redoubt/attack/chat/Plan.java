package dev.redoubt.attack.chat;

import java.util.List;

/**
 * The attempts of a pass, in order, before any of them is made.
 *
 * @param spec what was asked for
 * @param target what will be attacked
 * @param attempts every attempt, those that can't be made included
 * @param notes what the user should know before it starts
 * @since 0.1.0
 */
public record Plan(
    CampaignSpec spec, Target target, List<PlannedCall> attempts, List<String> notes) {
  public Plan {
    attempts = List.copyOf(attempts);
    notes = List.copyOf(notes);
  }

  /** How many calls to the target it takes when none fails. */
  public int calls() {
    return (int) attempts.stream().filter(a -> a.leftOut() == null).count();
  }
}
