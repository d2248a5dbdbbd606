package dev.redoubt.guard.engine;

import java.util.Locale;

/**
 * What a rule does when its scanner finds something, in rising order of force.
 *
 * @since 0.1.0
 */
public enum Action {
  /** Notes it and lets it pass. */
  LOG,
  /** Takes out what was found and lets the rest pass. */
  REWRITE,
  /** Holds it until a person agrees. */
  ASK,
  /** Refuses the whole. */
  BLOCK;

  /** The word in lower case, as policies carry it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
