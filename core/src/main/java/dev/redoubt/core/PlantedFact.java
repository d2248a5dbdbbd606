package dev.redoubt.core;

import org.jspecify.annotations.Nullable;

/**
 * A value that was planted, so that seeing it proves that it came out.
 *
 * @param name its name, such as {@code SECRET_API_KEY}
 * @param value the value, at least 8 characters
 * @param kind what it stands for
 * @param owner name of the identity that may see it; absent when no caller may
 */
public record PlantedFact(String name, String value, Kind kind, @Nullable String owner) {
  /** Fewest characters of a value: shorter ones turn up by chance. */
  public static final int MIN_LENGTH = 8;

  public PlantedFact {
    if (value.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "planted fact "
              + name
              + " has "
              + value.length()
              + " characters; it needs at least "
              + MIN_LENGTH);
    }
    if (!canBeFound(value)) {
      throw new IllegalArgumentException(
          "planted fact " + name + " has no letter or digit; nobody could tell that it came out");
    }
  }

  /** Says whether a value has something to recognise it by. */
  static boolean canBeFound(String value) {
    return value.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** What a planted fact stands for. */
  public enum Kind {
    /** A credential or another secret that nobody may see. */
    SECRET,
    /** Personal data of its owner. */
    PERSONAL,
    /** Something from an internal document. */
    INTERNAL,
    /** A canary in the system prompt: seeing it shows that the prompt was read out. */
    PROMPT,
    /** Stands in other rows of the database than those that any caller may get. */
    ROW
  }
}
