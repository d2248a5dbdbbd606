package dev.redoubt.app.report.internal;

/** Cuts long texts: a reply of a megabyte must not bury the page. The tape keeps all of it. */
final class Excerpt {
  private Excerpt() {}

  /**
   * The start of a text.
   *
   * @param shown what to show
   * @param left how many characters were left out; 0 when none
   */
  record Cut(String shown, int left) {}

  static Cut of(String text, int limit) {
    if (text.length() <= limit) {
      return new Cut(text, 0);
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return new Cut(text.substring(0, end), text.length() - end);
  }

  /** The start of a text and, in brackets, how much was left out. */
  static String noted(String text, int limit) {
    Cut cut = of(text, limit);
    return cut.left() == 0 ? text : cut.shown() + " [" + left(cut.left()) + "]";
  }

  static String left(int characters) {
    return String.format(java.util.Locale.ROOT, "%,d more characters on the tape", characters);
  }
}
