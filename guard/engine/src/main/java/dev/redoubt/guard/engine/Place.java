package dev.redoubt.guard.engine;

import java.util.Locale;

/**
 * Where a guard stands, and where a rule applies.
 *
 * @since 0.1.0
 */
public enum Place {
  /** Before the assistant: knows the caller, sees the user's words and the final answer. */
  FRONT,
  /** Between the assistant and its model: sees prompt, passages, tool results and tool calls. */
  BACK,
  /** Anywhere; for an embedded guard, which sees everything. */
  BOTH;

  /** Says whether a rule for this place applies where the guard stands. */
  public boolean covers(Place standing) {
    return this == BOTH || standing == BOTH || this == standing;
  }

  /** The word in lower case, as policies carry it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
