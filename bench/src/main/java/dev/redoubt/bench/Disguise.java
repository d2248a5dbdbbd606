package dev.redoubt.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Twelve encodings in which a model may be talked into saying a value. */
enum Disguise {
  BASE64,
  BASE32,
  HEX,
  BINARY,
  DECIMAL,
  ROT13,
  ATBASH,
  REVERSED,
  SPACED,
  MORSE,
  PERCENT,
  ENTITIES;

  private static final String ALPHABET32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String[] MORSE_LETTERS =
      (".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...-"
              + " .-- -..- -.-- --..")
          .split(" ", -1);
  private static final String[] MORSE_DIGITS =
      "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.".split(" ", -1);

  /** Writes an ASCII value in this encoding. */
  String encode(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    return switch (this) {
      case BASE64 -> Base64.getEncoder().encodeToString(bytes);
      case BASE32 -> base32(bytes);
      case HEX -> HexFormat.of().formatHex(bytes);
      case BINARY -> joined(value, " ", c -> bits(c));
      case DECIMAL -> joined(value, " ", Integer::toString);
      case ROT13 -> joined(value, "", c -> rotated(c));
      case ATBASH -> joined(value, "", c -> mirrored(c));
      case REVERSED -> new StringBuilder(value).reverse().toString();
      case SPACED -> joined(value, " ", Character::toString);
      case MORSE -> joined(value, " ", c -> morse(c));
      case PERCENT -> joined(value, "", c -> String.format(Locale.ROOT, "%%%02X", c));
      case ENTITIES -> joined(value, "", c -> "&#" + c + ";");
    };
  }

  private static String joined(String value, String separator, IntFunction<String> each) {
    return value.chars().mapToObj(each).collect(Collectors.joining(separator));
  }

  private static String bits(int c) {
    return Integer.toBinaryString(0x100 | c).substring(1);
  }

  private static String rotated(int c) {
    int base = Character.isUpperCase(c) ? 'A' : 'a';
    return Character.toString(Character.isLetter(c) ? base + (c - base + 13) % 26 : c);
  }

  private static String mirrored(int c) {
    int base = Character.isUpperCase(c) ? 'A' : 'a';
    return Character.toString(Character.isLetter(c) ? base + 25 - (c - base) : c);
  }

  private static String morse(int c) {
    if (Character.isDigit(c)) {
      return MORSE_DIGITS[c - '0'];
    }
    return Character.isLetter(c) ? MORSE_LETTERS[Character.toLowerCase(c) - 'a'] : "-....-";
  }

  private static String base32(byte[] bytes) {
    var out = new StringBuilder();
    int buffer = 0;
    int held = 0;
    for (byte b : bytes) {
      buffer = buffer << 8 | b;
      held += 8;
      while (held >= 5) {
        held -= 5;
        out.append(ALPHABET32.charAt(buffer >> held & 31));
        buffer &= (1 << held) - 1;
      }
    }
    if (held > 0) {
      out.append(ALPHABET32.charAt(buffer << (5 - held) & 31));
    }
    return out.append("=".repeat((8 - out.length() % 8) % 8)).toString();
  }
}
