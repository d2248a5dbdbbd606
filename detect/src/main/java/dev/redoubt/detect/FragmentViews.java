package dev.redoubt.detect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words of a text in the ways in which short pieces of a value may be encoded. The {@link
 * Unwrapper} asks for more than a short piece has, lest noise be taken for text; here every word
 * alone is read, and only what comes out as ASCII is kept.
 */
final class FragmentViews {
  private static final int LONGEST = 256;

  /** Takes the readings of a text. */
  interface Visitor {
    void view(String encoding, MappedText text);
  }

  private FragmentViews() {}

  static void visit(String text, Visitor visitor) {
    MappedText plain = Normaliser.normalise(MappedText.identity(text));
    words(plain, "base64", FragmentViews::base64, visitor);
    words(plain, "hex", FragmentViews::hex, visitor);
    words(plain, "base32", FragmentViews::base32, visitor);
    if (hasDigits(plain.text())) {
      words(plain, "decimal", w -> code(w, 10, 2, 3), visitor);
      words(plain, "binary", w -> code(w, 2, 7, 8), visitor);
      words(plain, "octal", w -> code(w, 8, 2, 4), visitor);
    }
  }

  private static boolean hasDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Ascii.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static void words(
      MappedText text,
      String encoding,
      Function<String, @Nullable String> decoder,
      Visitor visitor) {
    String chars = text.text();
    MappedText.Builder out = text.derive(64);
    int last = 0;
    int i = 0;
    while (i < chars.length()) {
      if (!isPart(chars.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      while (i < chars.length() && isPart(chars.charAt(i))) {
        i++;
      }
      String decoded = i - from > LONGEST || i - from < 2 ? null : decode(chars, from, i, decoder);
      if (decoded == null) {
        continue;
      }
      if (out.length() > 0) {
        out.add(from - last == 1 ? ' ' : FactPattern.BREAK, last, from);
      }
      out.add(decoded, from, i);
      last = i;
    }
    if (out.length() > 0) {
      visitor.view(encoding, out.build());
    }
  }

  private static @Nullable String decode(
      String chars, int from, int to, Function<String, @Nullable String> decoder) {
    String decoded = decoder.apply(chars.substring(from, to));
    return decoded == null || !isAscii(decoded) ? null : decoded;
  }

  private static boolean isPart(char c) {
    return Ascii.isAlnum(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
  }

  private static boolean isAscii(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }

  private static @Nullable String base64(String word) {
    int length = word.length();
    while (length > 0 && word.charAt(length - 1) == '=') {
      length--;
    }
    boolean padInside = word.substring(0, length).indexOf('=') >= 0;
    if (length < 2 || length % 4 == 1 || padInside) {
      return null;
    }
    String body = word.substring(0, length).replace('-', '+').replace('_', '/');
    return new String(Base64.getDecoder().decode(body), StandardCharsets.ISO_8859_1);
  }

  private static @Nullable String hex(String word) {
    String digits = word.startsWith("0x") ? word.substring(2) : word;
    if (digits.length() % 2 != 0 || !digits.chars().allMatch(Ascii::isHex)) {
      return null;
    }
    StringBuilder out = new StringBuilder(digits.length() / 2);
    for (int i = 0; i < digits.length(); i += 2) {
      out.append((char) (Ascii.hex(digits.charAt(i)) * 16 + Ascii.hex(digits.charAt(i + 1))));
    }
    return out.toString();
  }

  private static @Nullable String base32(String word) {
    StringBuilder out = new StringBuilder();
    int buffer = 0;
    int held = 0;
    for (int i = 0; i < word.length() && word.charAt(i) != '='; i++) {
      char c = Character.toUpperCase(word.charAt(i));
      int value = Ascii.isUpper(c) ? c - 'A' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
      if (value < 0) {
        return null;
      }
      buffer = buffer << 5 | value;
      held += 5;
      if (held >= 8) {
        held -= 8;
        out.append((char) (buffer >> held));
        buffer &= (1 << held) - 1;
      }
    }
    return buffer == 0 ? out.toString() : null;
  }

  private static @Nullable String code(String word, int radix, int shortest, int longest) {
    if (word.length() < shortest || word.length() > longest) {
      return null;
    }
    int value = 0;
    for (int i = 0; i < word.length(); i++) {
      int digit = word.charAt(i) - '0';
      if (digit < 0 || digit >= radix) {
        return null;
      }
      value = value * radix + digit;
    }
    return value < 32 || value > 126 ? null : String.valueOf((char) value);
  }
}
