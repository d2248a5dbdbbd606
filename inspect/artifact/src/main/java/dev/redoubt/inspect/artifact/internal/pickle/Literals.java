package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the numbers, texts and bytes that opcodes carry, and notes those that are more than that.
 */
final class Literals {
  /** Names that only tricks with attributes give to an object's state. */
  private static final Set<String> TRICKS =
      Set.of(
          "__setstate__",
          "__reduce__",
          "__reduce_ex__",
          "__getattr__",
          "__getattribute__",
          "__setattr__",
          "__class__",
          "__globals__",
          "__builtins__",
          "__code__",
          "__init__",
          "__new__",
          "__call__",
          "__del__",
          "__import__",
          "__getinitargs__",
          "__getnewargs__",
          "__getnewargs_ex__",
          "__subclasses__",
          "__bases__",
          "__mro__",
          "__dict__",
          "__eq__",
          "__hash__",
          "__iter__",
          "__next__",
          "__len__",
          "__getitem__",
          "__setitem__",
          "__array_finalize__",
          "__array__",
          "__array_interface__",
          "__array_struct__",
          "__init_subclass__",
          "__instancecheck__",
          "__enter__",
          "__exit__",
          "__missing__");

  private final Scan scan;
  private final Window window;

  /** Texts whose names are tricks, by symbol. */
  private final Set<Integer> tricks = new HashSet<>();

  Literals(Scan scan, Window window) {
    this.scan = scan;
    this.window = window;
  }

  /** Whether any text was the name of a trick. */
  boolean hasTricks() {
    return !tricks.isEmpty();
  }

  /** Whether this text is the name of a trick. */
  boolean isTrick(int symbol) {
    return tricks.contains(symbol);
  }

  /** A text that may be more than a text. */
  int text(long position, int start, long length) throws IOException {
    int symbol =
        position <= Integer.MAX_VALUE
            ? (int) position
            : scan.recent.wide(Symbol.FAR_TEXT, position);
    if (start >= 0 && window.bytes[start] == '_') {
      if (length <= 24 && window.bytes[start + 1] == '_') {
        String text = new String(window.bytes, start, (int) length, StandardCharsets.ISO_8859_1);
        if (TRICKS.contains(text) && tricks.size() < 100_000) {
          tricks.add(symbol);
        }
      }
    } else {
      maybeNested(window.position() - length, start, length);
    }
    return symbol;
  }

  /** Texts and bytes that begin and end as a pickle does are read as one later. */
  private void maybeNested(long from, int start, long length) throws IOException {
    if (length < 8) {
      return;
    }
    long begin = start >= 0 ? window.base + start : from;
    byte[] head = start >= 0 ? window.bytes : scan.source.bytes(begin, 2);
    int at = Math.max(start, 0);
    int first = head[at] & 0xff;
    boolean binary = first == 0x80 && head[at + 1] >= 0 && head[at + 1] <= 5;
    if (!binary && first != 'c' && first != '(' && first != 0xc2) {
      return;
    }
    if (scan.source.bytes(begin + length - 1, 1)[0] == '.') {
      scan.nested(begin, length);
    }
  }

  int number(int op, long position) throws IOException {
    String text = new String(window.line(), StandardCharsets.ISO_8859_1).strip();
    if (op == Op.INT && (text.equals("00") || text.equals("01"))) {
      return Symbol.of(Symbol.BOOL, text.equals("01") ? 1 : 0);
    }
    if (op == Op.FLOAT) {
      String plain = text.replace("_", "").toLowerCase(Locale.ROOT);
      if (!plain.matches("[+-]?(inf|infinity|nan|[0-9]*\\.?[0-9]*(e[+-]?[0-9]+)?)")
          || plain.isEmpty()) {
        throw new MalformedException("not a number: " + shortened(text), position);
      }
      return Symbol.of(Symbol.FLOAT);
    }
    String digits =
        op == Op.LONG && text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
    if (digits.length() > 18 || digits.isEmpty()) {
      if (!digits.matches("[+-]?(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9][0-9_]*)")) {
        throw new MalformedException("not a number: " + shortened(text), position);
      }
      return Symbol.of(Symbol.BIG_INT, Symbol.PAYLOAD);
    }
    try {
      return integerOf(
          Long.decode(digits.replace("_", "").replaceFirst("^([+-]?)0+(?=[0-9])", "$1")));
    } catch (NumberFormatException e) {
      throw new MalformedException("not a number: " + shortened(text), position);
    }
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  private int integerOf(long value) {
    return Symbol.isSmall(value) ? Symbol.small(value) : scan.recent.wide(Symbol.BIG_INT, value);
  }

  int integer(long length) throws IOException {
    long from = window.position();
    if (length < 0) {
      throw new MalformedException("a number of negative length", from);
    }
    window.skip(length);
    if (length > 8) {
      if (length == 10 && Legacy.isMagic(scan.source.bytes(from, 10))) {
        return scan.recent.wide(Symbol.BIG_INT, Legacy.MAGIC);
      }
      return Symbol.of(Symbol.BIG_INT, Symbol.PAYLOAD);
    }
    byte[] bytes = scan.source.bytes(from, (int) length);
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    int unused = 64 - 8 * bytes.length;
    return integerOf(bytes.length == 0 ? 0 : value << unused >> unused);
  }

  int line(int op, long position) throws IOException {
    byte[] line = window.line();
    if (op == Op.STRING) {
      String quoted = new String(line, StandardCharsets.ISO_8859_1).strip();
      if (quoted.length() < 2
          || (quoted.charAt(0) != '\'' && quoted.charAt(0) != '"')
          || quoted.charAt(quoted.length() - 1) != quoted.charAt(0)) {
        throw new MalformedException("a text without quotes", position);
      }
    }
    int symbol =
        position <= Integer.MAX_VALUE
            ? (int) position
            : scan.recent.wide(Symbol.FAR_TEXT, position);
    if (line.length > 4 && line.length < 30) {
      String text = scan.texts.at(position);
      if (text != null && TRICKS.contains(text)) {
        tricks.add(symbol);
      }
    }
    return symbol;
  }

  int blob(long position, long length, boolean text) throws IOException {
    if (length < 0) {
      throw new MalformedException("a text of negative length", position);
    }
    long from = window.position();
    window.skip(length);
    if (length > 3 && length <= 24 && text) {
      String name = scan.texts.at(position);
      if (name != null && TRICKS.contains(name)) {
        tricks.add((int) Math.min(position, Integer.MAX_VALUE));
      }
    }
    maybeNested(from, -1, length);
    return text
        ? position <= Integer.MAX_VALUE
            ? (int) position
            : scan.recent.wide(Symbol.FAR_TEXT, position)
        : scan.recent.wide(Symbol.BYTES, position);
  }

  long index(long position) throws IOException {
    String text = new String(window.line(), StandardCharsets.ISO_8859_1).strip();
    if (!text.matches("\\+?[0-9_]{1,12}")) {
      throw new MalformedException("not an index of the memo: " + shortened(text), position);
    }
    return Long.parseLong(text.replace("_", "").replace("+", ""));
  }
}
