package dev.redoubt.detect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words of a text in the ways in which short pieces of a value may be encoded. The {@link
 * Unwrapper} asks for more than a short piece has, lest noise be taken for text; here every word
 * alone is read, and only what comes out as ASCII is kept.
 */
final class FragmentViews {
  private static final int LONGEST = 256;
  private static final byte[] BASE64 = values("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "-_", 62);
  private static final byte[] BASE32 = values("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "", 0);
  private static final byte[] HEX = values("0123456789ABCDEF", "", 0);

  static {
    for (int i = 0; i < 26; i++) {
      BASE64['a' + i] = (byte) (26 + i);
      BASE32['a' + i] = (byte) i;
    }
    for (int i = 0; i < 10; i++) {
      BASE64['0' + i] = (byte) (52 + i);
    }
    BASE64['+'] = 62;
    BASE64['/'] = 63;
    for (int i = 0; i < 6; i++) {
      HEX['a' + i] = (byte) (10 + i);
    }
  }

  /** Takes the readings of a text. */
  interface Visitor {
    void view(String encoding, MappedText text);
  }

  /** Reads one word where it stands. */
  private interface Reading {
    @Nullable String read(String text, int from, int to);
  }

  private FragmentViews() {}

  static void visit(String text, Visitor visitor) {
    MappedText plain = Normaliser.normalise(MappedText.identity(text));
    int[] words = words(plain.text());
    read(plain, words, "base64", FragmentViews::base64, visitor);
    read(plain, words, "hex", FragmentViews::hex, visitor);
    read(plain, words, "base32", FragmentViews::base32, visitor);
    if (plain.digits() > 0) {
      read(plain, words, "decimal", (t, from, to) -> code(t, from, to, 10, 2, 3), visitor);
      read(plain, words, "binary", (t, from, to) -> code(t, from, to, 2, 7, 8), visitor);
      read(plain, words, "octal", (t, from, to) -> code(t, from, to, 8, 2, 4), visitor);
    }
  }

  /** Where each word begins and ends. */
  private static int[] words(String chars) {
    int[] words = new int[64];
    int n = 0;
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
      if (i - from >= 2 && i - from <= LONGEST) {
        if (n == words.length) {
          words = Arrays.copyOf(words, 2 * n);
        }
        words[n++] = from;
        words[n++] = i;
      }
    }
    return Arrays.copyOf(words, n);
  }

  private static void read(
      MappedText text, int[] words, String encoding, Reading reading, Visitor visitor) {
    MappedText.Builder out = null;
    int last = 0;
    for (int w = 0; w < words.length; w += 2) {
      int from = words[w];
      String decoded = reading.read(text.text(), from, words[w + 1]);
      if (decoded == null) {
        continue;
      }
      if (out == null) {
        out = text.derive(64);
      } else {
        out.add(from - last == 1 ? ' ' : FactPattern.BREAK, last, from);
      }
      last = words[w + 1];
      out.add(decoded, from, last);
    }
    if (out != null) {
      visitor.view(encoding, out.build());
    }
  }

  private static boolean isPart(char c) {
    return Ascii.isAlnum(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
  }

  private static @Nullable String base64(String text, int from, int to) {
    int end = to;
    while (end > from && text.charAt(end - 1) == '=') {
      end--;
    }
    return (end - from) % 4 == 1 ? null : bytes(text, from, end, BASE64, 6, false);
  }

  private static @Nullable String hex(String text, int from, int to) {
    int digits = text.startsWith("0x", from) ? from + 2 : from;
    return (to - digits) % 2 != 0 ? null : bytes(text, digits, to, HEX, 4, false);
  }

  private static @Nullable String base32(String text, int from, int to) {
    int end = text.indexOf('=', from, to);
    return bytes(text, from, end < 0 ? to : end, BASE32, 5, true);
  }

  /**
   * Reads bytes, most significant bits first; null unless all are visible characters or blanks.
   *
   * @param zeroRest whether the bits that are left over must be 0
   */
  private static @Nullable String bytes(
      String text, int from, int to, byte[] values, int bits, boolean zeroRest) {
    StringBuilder out = null;
    int buffer = 0;
    int held = 0;
    for (int i = from; i < to; i++) {
      int value = values[text.charAt(i)];
      if (value < 0) {
        return null;
      }
      buffer = buffer << bits | value;
      held += bits;
      if (held >= 8) {
        held -= 8;
        int c = buffer >> held;
        if (c < ' ' || c >= 0x7F) {
          return null;
        }
        out = out == null ? new StringBuilder((to - from) * bits / 8) : out;
        out.append((char) c);
        buffer &= (1 << held) - 1;
      }
    }
    return out == null || (zeroRest && buffer != 0) ? null : out.toString();
  }

  private static @Nullable String code(
      String text, int from, int to, int radix, int shortest, int longest) {
    if (to - from < shortest || to - from > longest) {
      return null;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit >= radix) {
        return null;
      }
      value = value * radix + digit;
    }
    return value < 32 || value > 126 ? null : String.valueOf((char) value);
  }

  private static byte[] values(String alphabet, String more, int first) {
    byte[] values = new byte[0x80];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    for (int i = 0; i < more.length(); i++) {
      values[more.charAt(i)] = (byte) (first + i);
    }
    return values;
  }
}
