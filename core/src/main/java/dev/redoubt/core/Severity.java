package dev.redoubt.core;

/**
 * How bad a finding is, in rising order; the same five words as in SARIF consumers and on the
 * command line.
 */
public enum Severity {
  INFO,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** Says whether this is as bad as {@code threshold} or worse. */
  public boolean atLeast(Severity threshold) {
    return compareTo(threshold) >= 0;
  }

  /** The word in lower case, as files and options carry it. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Reads the lower-case word.
   *
   * @throws IllegalArgumentException when it is none of the five
   */
  public static Severity of(String word) {
    for (Severity s : values()) {
      if (s.word().equals(word)) {
        return s;
      }
    }
    throw new IllegalArgumentException(
        "unknown severity '" + word + "': one of info, low, medium, high, critical");
  }
}
