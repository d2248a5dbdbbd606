package dev.redoubt.detect;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Disguises that lose something, such as case, or that only some values can be put in. */
final class MoreDisguises {
  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz";
  private static final String[] MORSE =
      (".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .--"
              + " -..- -.-- --..")
          .split(" ");
  private static final String[] MORSE_DIGITS =
      "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.".split(" ");
  private static final String BRAILLE = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵";
  private static final String TURNED = "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz";
  private static final String B85 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
  private static final String Z85 =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

  private MoreDisguises() {}

  static Map<String, UnaryOperator<String>> all() {
    Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
    all.put("base32", v -> base32(v));
    all.put("ascii85", v -> base85(v, ascii()));
    all.put("ascii85 framed", v -> "<~" + base85(v, ascii()) + "~>");
    all.put("base85", v -> base85(v, B85));
    all.put("z85", v -> base85(v, Z85));
    all.put("base85 of base64", v -> base85(Disguises.base64(v), B85));
    all.put("base64 of hex", v -> Disguises.base64(Disguises.all().get("hex").apply(v)));
    all.put("morse", v -> chars(v, MoreDisguises::morse, " "));
    all.put("morse with bars", v -> chars(v, MoreDisguises::morse, "  "));
    all.put("octal", v -> chars(v, c -> String.format("%03o", c), " "));
    all.put("rot47", v -> chars(v, c -> c > 32 ? chr(33 + (c - 33 + 47) % 94) : chr(c), ""));
    all.put("emoji letters", v -> chars(v, MoreDisguises::emoji, " "));
    all.put("braille", v -> chars(v, MoreDisguises::braille, ""));
    all.put("upside down", MoreDisguises::upsideDown);
    all.put("zero-width bits", v -> "Fi" + bits(v) + "ne.");
    return all;
  }

  /** Turns of the alphabet, for values with letters enough. */
  static Map<String, UnaryOperator<String>> turns() {
    Map<String, UnaryOperator<String>> turns = new LinkedHashMap<>();
    for (int shift = 1; shift < 26; shift++) {
      int by = shift;
      turns.put("caesar " + shift, v -> letters(v, i -> (i + by) % 26));
    }
    turns.put("atbash", v -> letters(v, i -> 25 - i));
    return turns;
  }

  static String leet(String value) {
    return value
        .toLowerCase(Locale.ROOT)
        .replace('a', '4')
        .replace('e', '3')
        .replace('i', '1')
        .replace('o', '0')
        .replace('s', '5')
        .replace('t', '7');
  }

  static String places(String letters) {
    return chars(letters.toLowerCase(Locale.ROOT), c -> Integer.toString(c - 'a' + 1), "-");
  }

  private static String chars(String value, IntFunction<String> each, String gap) {
    return value.chars().mapToObj(each).collect(Collectors.joining(gap));
  }

  private static String chr(int c) {
    return String.valueOf((char) c);
  }

  private static String letters(String value, java.util.function.IntUnaryOperator turn) {
    return chars(
        value,
        c -> {
          boolean letter = (c | 32) >= 'a' && (c | 32) <= 'z';
          int a = c < 'a' ? 'A' : 'a';
          return letter ? chr(a + turn.applyAsInt(c - a)) : chr(c);
        },
        "");
  }

  private static String morse(int c) {
    if (Character.isDigit(c)) {
      return MORSE_DIGITS[c - '0'];
    }
    return Character.isLetter(c) ? MORSE[(c | 32) - 'a'] : c == '-' ? "-....-" : chr(c);
  }

  private static String emoji(int c) {
    if (Character.isDigit(c)) {
      return chr(c) + "\uFE0F\u20E3";
    }
    return Character.isLetter(c) ? Character.toString(0x1F1E6 + (c | 32) - 'a') : chr(c);
  }

  private static String braille(int c) {
    if (Character.isDigit(c)) {
      return "⠼" + BRAILLE.charAt((c - '0' + 9) % 10) + "⠰";
    }
    return Character.isLetter(c) ? chr(BRAILLE.charAt((c | 32) - 'a')) : c == '-' ? "⠤" : chr(c);
  }

  private static String upsideDown(String value) {
    String turned =
        chars(
            value.toLowerCase(Locale.ROOT),
            c -> {
              int at = PLAIN.indexOf(c);
              return at >= 0 ? chr(TURNED.charAt(at)) : c == '6' ? "9" : c == '9' ? "6" : chr(c);
            },
            "");
    return SplitLeaks.reverse(turned);
  }

  private static String bits(String value) {
    return chars(
        value,
        c ->
            String.format("%8s", Integer.toBinaryString(c))
                .replace(' ', '\u200B')
                .replace('0', '\u200B')
                .replace('1', '\u200C'),
        "");
  }

  private static String base32(String value) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    StringBuilder bits = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      bits.append(String.format("%8s", Integer.toBinaryString(b & 0xFF)).replace(' ', '0'));
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bits.length(); i += 5) {
      String five = (bits.substring(i, Math.min(bits.length(), i + 5)) + "0000").substring(0, 5);
      out.append(alphabet.charAt(Integer.parseInt(five, 2)));
    }
    return out.toString();
  }

  private static String ascii() {
    StringBuilder alphabet = new StringBuilder();
    for (char c = '!'; c <= 'u'; c++) {
      alphabet.append(c);
    }
    return alphabet.toString();
  }

  private static String base85(String value, String alphabet) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length; i += 4) {
      int count = Math.min(4, bytes.length - i);
      long group = 0;
      for (int k = 0; k < 4; k++) {
        group = group << 8 | (k < count ? bytes[i + k] & 0xFF : 0);
      }
      char[] five = new char[5];
      for (int k = 4; k >= 0; k--) {
        five[k] = alphabet.charAt((int) (group % 85));
        group /= 85;
      }
      out.append(five, 0, count + 1);
    }
    return out.toString();
  }
}
