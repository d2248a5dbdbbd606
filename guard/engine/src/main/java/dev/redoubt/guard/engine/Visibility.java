package dev.redoubt.guard.engine;

import java.util.Locale;

/**
 * Who may read a document.
 *
 * @since 0.1.0
 */
public enum Visibility {
  /** Everybody, known or not. */
  PUBLIC,
  /** Its owner, and staff. */
  OWNER,
  /** Staff only. */
  INTERNAL;

  /**
   * Reads a label as systems write it: {@code public}; {@code owner}, {@code customer} or {@code
   * private}; anything else, a missing label included, is {@code INTERNAL}, so that a typing error
   * hides a document instead of publishing it.
   */
  public static Visibility of(String label) {
    return switch (label.strip().toLowerCase(Locale.ROOT)) {
      case "public" -> PUBLIC;
      case "owner", "customer", "private" -> OWNER;
      default -> INTERNAL;
    };
  }
}
