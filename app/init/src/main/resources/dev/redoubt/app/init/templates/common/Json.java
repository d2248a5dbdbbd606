import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON (RFC 8259) in a few lines, so that the server needs no library. */
final class Json {
  /** A body of brackets alone must not end in a stack overflow. */
  private static final int DEEPEST = 40;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** Something that is no JSON, or nested too deeply. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /** Reads a value: Map, List, String, BigDecimal, Boolean or null. */
  static Object read(String text) {
    var json = new Json(text);
    Object value = json.value(0);
    json.space();
    if (json.at < text.length()) {
      throw json.malformed();
    }
    return value;
  }

  /** Reads an object; anything else is malformed. */
  static Map<?, ?> object(String text) {
    if (read(text) instanceof Map<?, ?> map) {
      return map;
    }
    throw new Malformed("not an object");
  }

  /** Follows keys and indexes; null where one is missing. */
  static Object at(Object value, Object... path) {
    for (Object step : path) {
      value =
          switch (value) {
            case Map<?, ?> map when step instanceof String -> map.get(step);
            case List<?> list when step instanceof Integer i && i < list.size() -> list.get(i);
            case null, default -> null;
          };
    }
    return value;
  }

  /** A text at a path; empty where there is none. */
  static String text(Object value, Object... path) {
    return at(value, path) instanceof String found ? found : "";
  }

  static String write(Object value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> {
        out.append('{');
        map.forEach((key, inner) -> {
          out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
          quote(String.valueOf(key), out);
          out.append(':');
          write(inner, out);
        });
        out.append('}');
      }
      case List<?> list -> {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
          out.append(i == 0 ? "" : ",");
          write(list.get(i), out);
        }
        out.append(']');
      }
      case Number number -> out.append(number);
      case Boolean flag -> out.append(flag);
      default -> quote(value.toString(), out);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw new Malformed("nested too deeply");
    }
    space();
    if (at == text.length()) {
      throw malformed();
    }
    return switch (text.charAt(at)) {
      case '{' -> map(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> map(int depth) {
    var map = new LinkedHashMap<String, Object>();
    at++;
    for (space(); !is('}'); space()) {
      if (!map.isEmpty()) {
        expect(',');
        space();
      }
      String key = string();
      space();
      expect(':');
      map.put(key, value(depth + 1));
    }
    at++;
    return map;
  }

  private List<Object> list(int depth) {
    var list = new ArrayList<Object>();
    at++;
    for (space(); !is(']'); space()) {
      if (!list.isEmpty()) {
        expect(',');
      }
      list.add(value(depth + 1));
    }
    at++;
    return list;
  }

  private String string() {
    expect('"');
    var out = new StringBuilder();
    while (!is('"')) {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escape() : c);
    }
    at++;
    return out.toString();
  }

  private char escape() {
    if (at + 1 > text.length()) {
      throw malformed();
    }
    char c = text.charAt(at++);
    if (c == 'u') {
      if (at + 4 > text.length()) {
        throw malformed();
      }
      at += 4;
      try {
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
      } catch (NumberFormatException e) {
        throw malformed();
      }
    }
    int which = "nrtbf".indexOf(c);
    return which < 0 ? c : "\n\r\t\b\f".charAt(which);
  }

  private BigDecimal number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    // 1e999999999 is a short text and a long computation.
    if (at - start > 40 || text.substring(start, at).matches(".*[eE][+-]?\\d{4,}")) {
      throw malformed();
    }
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw malformed();
    }
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw malformed();
    }
    at += word.length();
    return value;
  }

  private void expect(char c) {
    if (!is(c)) {
      throw malformed();
    }
    at++;
  }

  private boolean is(char c) {
    if (at >= text.length()) {
      throw malformed();
    }
    return text.charAt(at) == c;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private Malformed malformed() {
    return new Malformed("no JSON at character " + at);
  }
}
