package dev.redoubt.inspect.artifact.internal.numpy;

import dev.redoubt.inspect.artifact.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an array file: {@code {'descr': …, 'fortran_order': …, 'shape': (…), }}.
 *
 * @param objects whether an element holds Python objects
 * @param bytes of all elements
 */
record NpyHeader(boolean objects, long bytes) {
  private static final Pattern TYPE =
      Pattern.compile("[<>|=]?([biufcmMSUVaO?])([0-9]{0,9})(\\[[0-9]{0,6}[a-zA-Z]{1,7}\\])?");

  /** A Python literal of texts, numbers, truth values, tuples, lists and maps. */
  private static final class Literal {
    private static final int DEEPEST = 16;

    private final String text;
    private final long offset;
    private int at;

    Literal(String text, long offset) {
      this.text = text;
      this.offset = offset;
    }

    MalformedException wrong(String what) {
      return new MalformedException("its header " + what, offset + at);
    }

    void space() {
      while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    boolean accept(char c) {
      space();
      if (at < text.length() && text.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    void expect(char c) throws MalformedException {
      if (!accept(c)) {
        throw wrong("lacks '" + c + "'");
      }
    }

    Object value(int depth) throws MalformedException {
      space();
      if (at >= text.length() || depth > DEEPEST) {
        throw wrong("ends too early or nests too deep");
      }
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        return string(c);
      }
      if (c == '(' || c == '[') {
        at++;
        return list(c == '(' ? ')' : ']', depth);
      }
      if (c >= '0' && c <= '9') {
        return number();
      }
      for (String word : List.of("True", "False", "None")) {
        if (text.startsWith(word, at)) {
          at += word.length();
          return word;
        }
      }
      throw wrong("holds something that is no literal");
    }

    private List<Object> list(char end, int depth) throws MalformedException {
      var list = new ArrayList<Object>();
      while (!accept(end)) {
        list.add(value(depth + 1));
        if (!accept(',')) {
          expect(end);
          break;
        }
      }
      return list;
    }

    private String string(char quote) throws MalformedException {
      int from = ++at;
      while (at < text.length() && text.charAt(at) != quote) {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      if (at >= text.length()) {
        throw wrong("has a text without an end");
      }
      return text.substring(from, at++);
    }

    private Long number() throws MalformedException {
      int from = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at - from > 18) {
        throw wrong("has too long a number");
      }
      long number = Long.parseLong(text, from, at, 10);
      if (at < text.length() && text.charAt(at) == 'L') {
        at++;
      }
      return number;
    }
  }

  static NpyHeader parse(String text, long offset) throws MalformedException {
    var literal = new Literal(text, offset);
    literal.expect('{');
    Object type = null;
    Object shape = null;
    int keys = 0;
    while (!literal.accept('}')) {
      Object key = literal.value(0);
      literal.expect(':');
      Object value = literal.value(0);
      keys++;
      switch (String.valueOf(key)) {
        case "descr" -> type = value;
        case "shape" -> shape = value;
        case "fortran_order" -> {
          if (!value.equals("True") && !value.equals("False")) {
            throw literal.wrong("has an order that is neither");
          }
        }
        default -> throw literal.wrong("has the key " + key);
      }
      if (!literal.accept(',')) {
        literal.expect('}');
        break;
      }
    }
    literal.space();
    if (literal.at != text.length()
        || keys != 3
        || type == null
        || !(shape instanceof List<?> lengths)) {
      throw literal.wrong("is not the three keys that it should be");
    }
    boolean objects = holdsObjects(type, literal);
    long bytes = objects ? 0 : size(type, literal, 0);
    for (Object length : lengths) {
      if (!(length instanceof Long n)) {
        throw literal.wrong("has a shape that is no number");
      }
      bytes = times(bytes, n, literal);
    }
    return new NpyHeader(objects, bytes);
  }

  private static long times(long a, long b, Literal literal) throws MalformedException {
    if (b != 0 && a > Long.MAX_VALUE / b) {
      throw literal.wrong("has a shape that no file holds");
    }
    return a * b;
  }

  private static boolean holdsObjects(Object type, Literal literal) throws MalformedException {
    if (type instanceof String text) {
      Matcher m = TYPE.matcher(text);
      if (!m.matches()) {
        throw literal.wrong("has the type " + text);
      }
      return m.group(1).equals("O");
    }
    if (type instanceof List<?> fields) {
      for (Object field : fields) {
        if (field instanceof List<?> parts
            && parts.size() >= 2
            && parts.get(1) != null
            && holdsObjects(parts.get(1), literal)) {
          return true;
        }
      }
    }
    return false;
  }

  private static long size(Object type, Literal literal, int depth) throws MalformedException {
    if (type instanceof String text) {
      Matcher m = TYPE.matcher(text);
      if (!m.matches()) {
        throw literal.wrong("has the type " + text);
      }
      if (m.group(1).equals("?")) {
        return 1;
      }
      long n = m.group(2).isEmpty() ? 0 : Long.parseLong(m.group(2));
      return m.group(1).equals("U") ? 4 * n : n;
    }
    if (!(type instanceof List<?> fields) || depth > 8) {
      throw literal.wrong("has a type that is none");
    }
    long size = 0;
    for (Object field : fields) {
      if (!(field instanceof List<?> parts) || parts.size() < 2) {
        throw literal.wrong("has a field that is none");
      }
      long one = size(java.util.Objects.requireNonNull(parts.get(1)), literal, depth + 1);
      if (parts.size() > 2) {
        Object shape = parts.get(2);
        List<?> lengths =
            shape instanceof List<?> list ? list : List.of(java.util.Objects.requireNonNull(shape));
        for (Object length : lengths) {
          if (!(length instanceof Long n)) {
            throw literal.wrong("has a shape that is no number");
          }
          one = times(one, n, literal);
        }
      }
      size += one;
    }
    return size;
  }
}
