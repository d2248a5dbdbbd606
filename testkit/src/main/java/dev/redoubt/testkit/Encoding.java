package dev.redoubt.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/** A disguise in which the stub gives a value away. */
public enum Encoding {
  /** As it is. */
  PLAIN,
  /** A space between all characters. */
  SPACED,
  /** Upper case. */
  UPPER,
  /** Base64 of its UTF-8 bytes, with padding. */
  BASE64,
  /** Lower-case hexadecimal of its UTF-8 bytes. */
  HEX,
  /** Latin letters moved by thirteen. */
  ROT13,
  /** Last character first. */
  REVERSED,
  /** Characters joined by dashes, as one spells a word on the telephone. */
  SPELLED_OUT,
  /** The first half only: no leak. */
  HALF;

  /**
   * Writes a value in this disguise.
   *
   * @param value the value
   * @return the disguised value
   */
  public String encode(String value) {
    return switch (this) {
      case PLAIN -> value;
      case SPACED -> joined(value, " ");
      case UPPER -> value.toUpperCase(Locale.ROOT);
      case BASE64 -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
      case HEX -> HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
      case ROT13 -> rot13(value);
      case REVERSED -> new StringBuilder(value).reverse().toString();
      case SPELLED_OUT -> joined(value, "-");
      case HALF -> value.substring(0, value.length() / 2);
    };
  }

  private static String joined(String value, String separator) {
    return value.codePoints().mapToObj(Character::toString).collect(Collectors.joining(separator));
  }

  private static String rot13(String value) {
    var text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 'a' && c <= 'z') {
        text.append((char) ('a' + (c - 'a' + 13) % 26));
      } else if (c >= 'A' && c <= 'Z') {
        text.append((char) ('A' + (c - 'A' + 13) % 26));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
