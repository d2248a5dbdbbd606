package dev.redoubt.detect;

import java.util.List;

/** Decodes hexadecimal bytes that each carry a mark: {@code 0x51, 0x75}, {@code U+0051 U+0075}. */
final class PrefixedHexDecoder implements Decoder {
  private static final List<String> MARKS =
      List.of("0x", "0X", "\\x", "U+00", "u+00", "&#x", "#x", "\\u00");

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    if (!holdsMark(chars)) {
      return;
    }
    MappedText.Builder bare = text.derive();
    int i = 0;
    while (i < chars.length()) {
      int mark = mark(chars, i);
      if (mark > 0) {
        i += mark;
        continue;
      }
      bare.add(chars.charAt(i), i, i + 1);
      i++;
    }
    RadixDecoder.HEX.decode(bare.build(), out);
  }

  private static boolean holdsMark(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (mark(text, i) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Length of the mark at an index; 0 when there is none. */
  private static int mark(String text, int at) {
    char c = text.charAt(at);
    if (c != '0' && c != '\\' && c != 'U' && c != 'u' && c != '&' && c != '#') {
      return 0;
    }
    if (at > 0
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && !Ascii.isHex(text.charAt(at - 1))) {
      return 0;
    }
    for (String mark : MARKS) {
      if (text.startsWith(mark, at)
          && at + mark.length() + 1 < text.length()
          && Ascii.isHex(text.charAt(at + mark.length()))
          && Ascii.isHex(text.charAt(at + mark.length() + 1))) {
        return mark.length();
      }
    }
    return 0;
  }
}
