package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads text that is hidden in invisible characters of which two kinds stand for bits and a third,
 * if there is one, parts the characters. Works on a text before it is normalised.
 */
final class ZeroWidthDecoder implements Decoder {
  private static final String KINDS =
      "\u200B\u200C\u200D\u2060\uFEFF\u200E\u200F\u2061\u2062\u2063\u2064\u180E";
  private static final int FEWEST_BITS = 48;
  private static final int MOST_KINDS = 4;

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    List<Character> kinds = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < chars.length(); i++) {
      char c = chars.charAt(i);
      if (c >= 0x180E && KINDS.indexOf(c) >= 0) {
        count++;
        if (!kinds.contains(c) && kinds.size() < MOST_KINDS) {
          kinds.add(c);
        }
      }
    }
    if (count < FEWEST_BITS) {
      return;
    }
    for (char zero : kinds) {
      for (char one : kinds) {
        if (zero != one) {
          fixed(text, zero, one, 8, out);
          fixed(text, zero, one, 7, out);
          parted(text, zero, one, out);
        }
      }
    }
  }

  private static void fixed(MappedText text, char zero, char one, int width, Sink out) {
    String chars = text.text();
    MappedText.Builder decoded = text.derive(64);
    int value = 0;
    int held = 0;
    int from = 0;
    for (int i = 0; i < chars.length(); i++) {
      char c = chars.charAt(i);
      if (c != zero && c != one) {
        continue;
      }
      from = held == 0 ? i : from;
      value = value << 1 | (c == one ? 1 : 0);
      held++;
      if (held == width) {
        decoded.add((char) value, from, i + 1);
        value = 0;
        held = 0;
      }
    }
    accept(decoded, out);
  }

  private static void parted(MappedText text, char zero, char one, Sink out) {
    String chars = text.text();
    MappedText.Builder decoded = text.derive(64);
    int value = 0;
    int held = 0;
    int from = 0;
    for (int i = 0; i <= chars.length(); i++) {
      char c = i < chars.length() ? chars.charAt(i) : ' ';
      if (c == zero || c == one) {
        from = held == 0 ? i : from;
        value = (value << 1 | (c == one ? 1 : 0)) & 0xFFFF;
        held++;
      } else if (held > 0) {
        decoded.add((char) value, from, i);
        value = 0;
        held = 0;
      }
    }
    accept(decoded, out);
  }

  private static void accept(MappedText.Builder decoded, Sink out) {
    if (decoded.length() >= FEWEST_BITS / 8) {
      out.accept("zero-width", decoded.build());
    }
  }
}
