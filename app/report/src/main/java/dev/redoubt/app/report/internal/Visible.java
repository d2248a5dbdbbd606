package dev.redoubt.app.report.internal;

import java.util.Locale;

/**
 * Makes characters visible that steer a terminal, turn or hide text, or that XML forbids: a
 * transcript is written by the attacker and by the model, and must not be able to look like
 * something else.
 */
final class Visible {
  /** Longest run of combining marks that is printed: more of them paint over the lines around. */
  private static final int MAX_MARKS = 4;

  private Visible() {}

  /** Where the pieces of a text go. */
  interface Sink {
    /** Text that is safe to show once it is escaped for its format. */
    void plain(String text);

    /** The name of a character that is not shown as itself, such as {@code U+202E}. */
    void named(String name);
  }

  /** Cuts a text into pieces that can be shown and names of characters that cannot. */
  static void split(String text, Sink sink) {
    StringBuilder plain = new StringBuilder();
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      marks = isMark(c) ? marks + 1 : 0;
      if (shown(c) && marks <= MAX_MARKS) {
        plain.appendCodePoint(c);
        continue;
      }
      if (c == '\r') {
        if (i < text.length() && text.charAt(i) == '\n') {
          continue;
        }
      }
      if (!plain.isEmpty()) {
        sink.plain(plain.toString());
        plain.setLength(0);
      }
      sink.named(name(c));
    }
    if (!plain.isEmpty()) {
      sink.plain(plain.toString());
    }
  }

  /** The text with every such character replaced by its name in brackets. */
  static String text(String text) {
    StringBuilder out = new StringBuilder(text.length());
    split(
        text,
        new Sink() {
          @Override
          public void plain(String piece) {
            out.append(piece);
          }

          @Override
          public void named(String name) {
            out.append('[').append(name).append(']');
          }
        });
    return out.toString();
  }

  private static boolean shown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n' || c == '\t';
      // Zero-width, bidi, tag and line-breaking characters, lone surrogates, holes of Unicode.
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      // Letters that show nothing at all.
      case Character.OTHER_LETTER -> c != 0x115F && c != 0x1160 && c != 0x3164 && c != 0xFFA0;
      default -> !isVariationSelectorSupplement(c) && c != 0x034F && c != 0xFFFC;
    };
  }

  private static boolean isVariationSelectorSupplement(int c) {
    return c >= 0xE0100 && c <= 0xE01EF;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static String name(int c) {
    return switch (c) {
      case 0x1B -> "ESC";
      case 0x00 -> "NUL";
      case 0x07 -> "BEL";
      case 0x08 -> "BS";
      case 0x0D -> "CR";
      default -> String.format(Locale.ROOT, "U+%04X", c);
    };
  }
}
