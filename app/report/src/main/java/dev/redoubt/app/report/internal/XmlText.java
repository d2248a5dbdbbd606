package dev.redoubt.app.report.internal;

/** Escapes text for XML 1.0, which cannot carry every character. */
final class XmlText {
  private XmlText() {}

  /**
   * Escapes text for element content and for attributes in double quotes. Characters that XML 1.0
   * forbids, and those that steer terminals or turn text around, become their names in brackets;
   * line ends survive in attributes too.
   */
  static String escape(String text) {
    String visible = Visible.text(text);
    StringBuilder out = new StringBuilder(visible.length() + 16);
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\n' -> out.append("&#10;");
        case '\t' -> out.append("&#9;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
