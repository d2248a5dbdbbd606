package dev.redoubt.inspect.artifact.internal.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** NumPy data types that a pickle makes, as far as the length of raw arrays depends on them. */
final class ArrayTypes {
  private static final int MOST = 1 << 16;

  /** Size of an element in bytes, -1 where nobody knows, and whether it holds objects. */
  static final class Type {
    long size;
    boolean objects;
    final boolean known;

    Type(long size, boolean objects, boolean known) {
      this.size = size;
      this.objects = objects;
      this.known = known;
    }
  }

  private final List<Type> types = new ArrayList<>();

  /** Symbol of the type that {@code numpy.dtype(text)} makes. */
  int make(@Nullable String text) {
    if (types.size() >= MOST) {
      return Symbol.of(Symbol.UNKNOWN);
    }
    types.add(parse(text));
    return Symbol.of(Symbol.DTYPE, types.size() - 1);
  }

  Type get(int symbol) {
    return types.get(Symbol.payload(symbol));
  }

  /** Takes the state of a type: version, order, base, names, fields, size, alignment, flags. */
  void build(int symbol, int[] state, Recent recent) {
    Type type = get(symbol);
    if (state.length < 8) {
      return;
    }
    long size = recent.integer(state[5]);
    long flags = recent.integer(state[7]);
    if (size >= 0 && size != Long.MIN_VALUE) {
      type.size = size;
    }
    if (flags != Long.MIN_VALUE && (flags & 1) != 0) {
      type.objects = true;
    }
  }

  static Type parse(@Nullable String text) {
    String t = text == null ? "" : text.strip();
    while (!t.isEmpty() && "<>|=".indexOf(t.charAt(0)) >= 0) {
      t = t.substring(1);
    }
    if (t.isEmpty()) {
      return new Type(-1, false, false);
    }
    char kind = t.charAt(0);
    String rest = t.substring(1);
    int bracket = rest.indexOf('[');
    String digits = bracket >= 0 ? rest.substring(0, bracket) : rest;
    if ("biufcmMSUVaO?".indexOf(kind) >= 0 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      if (kind == 'O') {
        return new Type(8, true, true);
      }
      if (kind == '?') {
        return new Type(1, false, true);
      }
      if (!digits.isEmpty() && digits.length() < 10) {
        long n = Long.parseLong(digits);
        return new Type(kind == 'U' ? 4 * n : n, false, true);
      }
    }
    return named(t.toLowerCase(Locale.ROOT));
  }

  private static Type named(String name) {
    return switch (name) {
      case "bool", "int8", "uint8" -> new Type(1, false, true);
      case "int16", "uint16", "float16" -> new Type(2, false, true);
      case "int32", "uint32", "float32" -> new Type(4, false, true);
      case "int64", "uint64", "float64", "complex64" -> new Type(8, false, true);
      case "complex128" -> new Type(16, false, true);
      case "object" -> new Type(8, true, true);
      default -> new Type(-1, false, false);
    };
  }
}
