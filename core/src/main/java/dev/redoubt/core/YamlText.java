package dev.redoubt.core;

/** Writes text as a YAML scalar on one line that reads back as the same text. */
final class YamlText {
  private static final String PLAIN = " ._-/:@+%=&?";

  private YamlText() {}

  static String of(String text) {
    return isPlain(text) ? text : quoted(text);
  }

  /** Narrower than YAML allows: letters first, no character that means anything. */
  private static boolean isPlain(String text) {
    if (text.isEmpty()
        || text.length() > 200
        || !isLetterOrDigit(text.charAt(0))
        || YamlScalars.kindOf(text) != YamlNode.Kind.TEXT
        || text.endsWith(" ")
        || text.endsWith(":")
        || text.contains(": ")) {
      return false;
    }
    return text.chars().allMatch(c -> isLetterOrDigit((char) c) || PLAIN.indexOf(c) >= 0);
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static String quoted(String text) {
    var out = new StringBuilder(text.length() + 16).append('"');
    text.codePoints().forEach(c -> append(out, c));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      default -> {
        if (c >= 0x20 && c < 0x7f) {
          out.append((char) c);
        } else if (Character.isLetterOrDigit(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(c <= 0xffff ? String.format("\\u%04X", c) : String.format("\\U%08X", c));
        }
      }
    }
  }
}
