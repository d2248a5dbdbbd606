package dev.redoubt.guard.engine;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes scalars so that they read back as the text they are. */
final class YamlText {
  private YamlText() {}

  /** A plain word stays plain; anything else is quoted. */
  static String scalar(String text) {
    boolean word = text.matches("[A-Za-z][A-Za-z0-9_./-]*");
    boolean special = text.toLowerCase(Locale.ROOT).matches("true|false|null|yes|no|on|off|y|n");
    return word && !special ? text : quoted(text);
  }

  /** Text in double quotes. */
  static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** A list on one line. */
  static String list(Collection<String> items) {
    return items.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"));
  }
}
