package dev.redoubt.core;

import java.util.OptionalLong;

/** Tells plain scalars apart by the core schema of YAML 1.2.2, section 10.3.2. */
final class YamlScalars {
  /** Nobody writes longer numbers, and parsing them costs more than linear time. */
  private static final int LONGEST_NUMBER = 40;

  private YamlScalars() {}

  static YamlNode.Kind kindOf(String plain) {
    return switch (plain) {
      case "", "~", "null", "Null", "NULL" -> YamlNode.Kind.NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> YamlNode.Kind.BOOLEAN;
      default -> isNumber(plain) ? YamlNode.Kind.NUMBER : YamlNode.Kind.TEXT;
    };
  }

  private static boolean isNumber(String s) {
    if (s.length() > LONGEST_NUMBER) {
      return false;
    }
    int i = s.charAt(0) == '-' || s.charAt(0) == '+' ? 1 : 0;
    int digits = 0;
    boolean point = false;
    for (; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return false;
    }
    return i == s.length() || isExponent(s, i);
  }

  private static boolean isExponent(String s, int at) {
    if (s.charAt(at) != 'e' && s.charAt(at) != 'E') {
      return false;
    }
    int i = at + 1;
    if (i < s.length() && (s.charAt(i) == '-' || s.charAt(i) == '+')) {
      i++;
    }
    int from = i;
    while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
      i++;
    }
    return i == s.length() && i > from;
  }

  /** Value of a scalar that {@link #kindOf} calls a number. */
  static double number(String scalar) {
    return Double.parseDouble(scalar);
  }

  /** The scalar as a whole number; empty when it has a fraction or exponent or is too big. */
  static OptionalLong whole(String scalar) {
    try {
      return OptionalLong.of(Long.parseLong(scalar));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
