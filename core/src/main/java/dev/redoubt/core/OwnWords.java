package dev.redoubt.core;

import java.util.Locale;

/**
 * How much of an attack is asked in the words of the system's own description.
 *
 * @since 0.1.0
 */
public enum OwnWords {
  /** Nothing: only the requests that every system gets. */
  OFF,
  /** Every second attempt, where something can be composed. */
  ON,
  /** Every attempt; what nothing can be composed for is left out. */
  ONLY;

  /** The word in lower case, as options and files carry it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
