package dev.redoubt.app.importer;

/**
 * Makes foreign text fit for a line of ours.
 *
 * @since 0.1.0
 */
public final class Plain {
  private static final int MOST = 300;

  private Plain() {}

  /** One line without control characters, cut where it gets long. */
  public static String line(String text) {
    String head = text.length() > 4 * MOST ? text.substring(0, 4 * MOST) : text;
    String clean = head.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029\\s]+", " ").strip();
    return clean.length() > MOST ? clean.substring(0, MOST) + "…" : clean;
  }

  /** A word for an id: letters, digits, dots and dashes only. */
  public static String word(String text) {
    String clean = line(text).replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^-+|-+$", "");
    return clean.isEmpty() ? "unnamed" : clean;
  }
}
