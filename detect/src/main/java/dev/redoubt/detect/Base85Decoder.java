package dev.redoubt.detect;

import java.util.Arrays;
import java.util.List;

/**
 * Decodes words in base 85: Adobe's Ascii85, the alphabet of RFC 1924 (Python's {@code b85encode},
 * git) and that of ZeroMQ RFC 32 (Z85).
 */
final class Base85Decoder implements Decoder {
  private static final int SHORTEST = 10;

  /** Each layer is read again, so that their number must be bounded. */
  private static final int MOST_LAYERS = 4;

  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final List<Base85Decoder> ALL =
      List.of(
          new Base85Decoder("ascii85", ascii(), true),
          new Base85Decoder("base85", DIGITS + UPPER + LOWER + "!#$%&()*+-;<=>?@^_`{|}~", false),
          new Base85Decoder("z85", DIGITS + LOWER + UPPER + ".-:+=^!/*?&<>()[]{}@%$#", false));

  private final String name;
  private final boolean zeros;
  private final byte[] values = new byte[128];

  private Base85Decoder(String name, String alphabet, boolean zeros) {
    this.name = name;
    this.zeros = zeros;
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
  }

  /** Decodes in all three alphabets. */
  static Decoder all() {
    return (text, out) -> ALL.forEach(d -> d.decode(text, out));
  }

  private static String ascii() {
    StringBuilder alphabet = new StringBuilder(85);
    for (char c = '!'; c <= 'u'; c++) {
      alphabet.append(c);
    }
    return alphabet.toString();
  }

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    int i = 0;
    while (i < chars.length()) {
      if (chars.charAt(i) <= ' ') {
        i++;
        continue;
      }
      int from = i;
      while (i < chars.length() && chars.charAt(i) > ' ') {
        i++;
      }
      if (i - from >= SHORTEST) {
        word(text, from, i, out);
      }
    }
  }

  /**
   * Reads a word as it is, and without the frame, the quotes and the full stop that may stand
   * around it: all of these are digits too.
   */
  private void word(MappedText text, int from, int to, Sink out) {
    read(text, from, to, out);
    String chars = text.text();
    boolean stop = ".,;:!?".indexOf(chars.charAt(to - 1)) >= 0;
    int end = stop ? to - 1 : to;
    if (stop) {
      read(text, from, end, out);
    }
    int inner = from;
    for (int layer = 0;
        layer < MOST_LAYERS
            && end - inner > SHORTEST
            && wraps(chars.charAt(inner), chars.charAt(end - 1));
        layer++) {
      inner++;
      end--;
      read(text, inner, end, out);
    }
  }

  private static boolean wraps(char before, char after) {
    int at = "`\"'*([{<~".indexOf(before);
    return at >= 0 && "`\"'*)]}>~".charAt(at) == after;
  }

  /** Decodes the whole word; only if all of it is text, since any word decodes to something. */
  private void read(MappedText text, int from, int to, Sink out) {
    String chars = text.text();
    ByteText bytes = new ByteText();
    long group = 0;
    int held = 0;
    int groupFrom = from;
    for (int i = from; i < to; i++) {
      char c = chars.charAt(i);
      if (zeros && c == 'z' && held == 0) {
        return; // Four zero bytes are no text.
      }
      int value = c < 128 ? values[c] : -1;
      if (value < 0) {
        return;
      }
      group = group * 85 + value;
      held++;
      if (held == 5) {
        if (!add(bytes, group, 4, groupFrom, i + 1)) {
          return;
        }
        group = 0;
        held = 0;
        groupFrom = i + 1;
      }
    }
    int rest = held;
    while (held > 0 && held < 5) {
      group = group * 85 + 84;
      held++;
    }
    if (rest == 1 || (rest > 1 && !add(bytes, group, rest - 1, groupFrom, to))) {
      return;
    }
    if (out.wants(bytes.bytes(), bytes.size())) {
      out.accept(name, bytes.toText(text));
    }
  }

  private static boolean add(ByteText bytes, long group, int count, int from, int to) {
    if (group > 0xFFFF_FFFFL) {
      return false;
    }
    for (int k = 0; k < count; k++) {
      int value = (int) (group >> (24 - 8 * k)) & 0xFF;
      if ((value < ' ' && value != '\n' && value != '\t') || value == 0x7F) {
        return false;
      }
      bytes.add(value, from, to);
    }
    return true;
  }
}
