package dev.redoubt.app.init;

import java.util.Locale;

/** Foreign text as YAML may hold it. */
final class YamlWords {
  private YamlWords() {}

  static String header(String line) {
    int colon = line.indexOf(':');
    return text(line.substring(0, colon).strip()) + ": " + text(line.substring(colon + 1).strip());
  }

  /** Foreign text must not end its comment. */
  static String comment(String text) {
    var safe = new StringBuilder();
    text.codePoints()
        .limit(160)
        .forEach(c ->
            safe.appendCodePoint(
                Character.isISOControl(c)
                        || c == 0x2028
                        || c == 0x2029
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE
                    ? ' '
                    : c));
    return safe.toString();
  }

  /**
   * A scalar that YAML reads as this text: in double quotes, with what is not printable escaped.
   */
  static String text(String text) {
    if (text.matches("[A-Za-z][A-Za-z0-9_/-]{0,60}")
        && !text.matches("(?i)y|n|yes|no|on|off|true|false|null")) {
      return text;
    }
    var quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
          } else if (Character.getType(c) == Character.SURROGATE) {
            quoted.append('?');
          } else if (c < 0x20 || (c > 0x7e && !Character.isLetterOrDigit(c))) {
            quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
          } else {
            quoted.appendCodePoint(c);
          }
        });
    return quoted.append('"').toString();
  }
}
