package dev.redoubt.runtime.program;

/** Makes text of a program fit to be printed in a message of ours. */
final class Text {
  private Text() {}

  /** One line without control characters (they steer terminals), cut at {@code most} characters. */
  static String oneLine(String text, int most) {
    String head = text.length() > 4 * most ? text.substring(0, 4 * most) : text;
    String clean = head.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029\\s]+", " ").strip();
    return clean.length() > most ? clean.substring(0, most) + "…" : clean;
  }
}
