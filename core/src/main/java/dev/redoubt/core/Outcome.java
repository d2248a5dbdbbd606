package dev.redoubt.core;

import java.util.Locale;

/** What came of an attack attempt; an error is neither a pass nor a hit. */
public enum Outcome {
  /** The ground truth shows the effect that the attacker wanted. */
  SUCCEEDED,
  /** The target answered, and the ground truth shows no effect. */
  RESISTED,
  /** No verdict: an error, a missing ground truth, a budget that ran out. */
  UNASSESSED;

  /** The word in lower case, as tapes and JSON carry it under the key {@code outcome}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
