package dev.redoubt.app.report.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Builds an HTML page. All text and all attribute values go through one escape, and characters that
 * turn, hide or steer are shown by name: there is no way to write a string as markup, so a
 * transcript cannot become part of the page. Tag and attribute names are constants of this package.
 */
final class Html {
  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; {@code attributes} are names and values in turn. */
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    return this;
  }

  /** Closes the element that was opened last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Closes the element that was opened last and starts a new line. */
  Html closeLine() {
    close();
    out.append('\n');
    return this;
  }

  /** An element without content, such as {@code meta} or an SVG shape. */
  Html empty(String tag, String... attributes) {
    start(tag, attributes);
    if (isShape(tag)) {
      out.append("</").append(tag).append('>');
    }
    return this;
  }

  /** An element with text. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /**
   * An element whose content may hold text only ({@code title}, SVG {@code text}), so that odd
   * characters are named in brackets.
   */
  Html label(String tag, String text, String... attributes) {
    start(tag, attributes);
    escape(Visible.text(text));
    out.append("</").append(tag).append('>');
    return this;
  }

  /** Text, escaped. */
  Html text(String text) {
    Visible.split(
        text,
        new Visible.Sink() {
          @Override
          public void plain(String piece) {
            escape(piece);
          }

          @Override
          public void named(String name) {
            out.append("<span class=\"ctl\">");
            escape(name);
            out.append("</span>");
          }
        });
    return this;
  }

  /** The style sheet; a constant of ours, never text of a report. */
  Html style(String css) {
    out.append("<style>").append(css).append("</style>\n");
    return this;
  }

  /** The whole page, once everything is closed. */
  String page() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return "<!DOCTYPE html>\n" + out;
  }

  /** A number as SVG coordinates want it: two digits at most, a point, never an exponent. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  /** A share in 0 to 1 as a CSS or SVG percentage. */
  static String percent(double share) {
    return number(share * 100) + "%";
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(Visible.text(attributes[i + 1]));
      out.append('"');
    }
    out.append('>');
  }

  private static boolean isShape(String tag) {
    return switch (tag) {
      case "meta", "img", "br", "wbr" -> false;
      default -> true;
    };
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }
}
