package dev.redoubt.detect;

/** Undoes backslash escapes: bytes in hexadecimal or octal, code points, JSON, markdown. */
final class BackslashDecoder implements Decoder {

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    if (chars.indexOf('\\') < 0) {
      return;
    }
    MappedText.Builder decoded = text.derive();
    ByteText bytes = new ByteText();
    int i = 0;
    while (i < chars.length()) {
      int value = byteEscape(chars, i);
      if (value >= 0) {
        bytes.add(value, i, i + 4);
        i += 4;
        continue;
      }
      bytes = flush(bytes, decoded);
      i = chars.charAt(i) == '\\' ? escape(chars, i, decoded) : literal(chars, i, decoded);
    }
    flush(bytes, decoded);
    out.accept("escaped", decoded.build());
  }

  private static ByteText flush(ByteText bytes, MappedText.Builder out) {
    if (bytes.size() == 0) {
      return bytes;
    }
    bytes.copyInto(out);
    return new ByteText();
  }

  private static int literal(String text, int at, MappedText.Builder out) {
    out.add(text.charAt(at), at, at + 1);
    return at + 1;
  }

  /** Value of {@code \x51} or {@code \121} at an index; -1 when there is none. */
  private static int byteEscape(String text, int at) {
    if (at + 3 >= text.length() || text.charAt(at) != '\\') {
      return -1;
    }
    char a = text.charAt(at + 1);
    char b = text.charAt(at + 2);
    char c = text.charAt(at + 3);
    if ((a == 'x' || a == 'X') && Ascii.isHex(b) && Ascii.isHex(c)) {
      return Ascii.hex(b) * 16 + Ascii.hex(c);
    }
    boolean octal = a >= '0' && a <= '3' && b >= '0' && b <= '7' && c >= '0' && c <= '7';
    return octal ? (a - '0') * 64 + (b - '0') * 8 + (c - '0') : -1;
  }

  private static int escape(String text, int at, MappedText.Builder out) {
    if (at + 1 >= text.length()) {
      return literal(text, at, out);
    }
    char c = text.charAt(at + 1);
    if (c == 'u' || c == 'U') {
      return unicode(text, at, out);
    }
    String plain =
        switch (c) {
          case 'n' -> "\n";
          case 'r' -> "\r";
          case 't' -> "\t";
          default -> Character.isLetterOrDigit(c) ? "" : String.valueOf(c);
        };
    if (plain.isEmpty()) {
      return literal(text, at, out);
    }
    out.add(plain, at, at + 2);
    return at + 2;
  }

  private static int unicode(String text, int at, MappedText.Builder out) {
    boolean braces = at + 2 < text.length() && text.charAt(at + 2) == '{';
    int from = at + (braces ? 3 : 2);
    int most = braces ? 6 : text.charAt(at + 1) == 'u' ? 4 : 8;
    int i = from;
    int value = 0;
    while (i < text.length() && i - from < most && Ascii.isHex(text.charAt(i))) {
      value = Math.min(0x110000, value * 16 + Ascii.hex(text.charAt(i)));
      i++;
    }
    boolean complete =
        braces ? i > from && i < text.length() && text.charAt(i) == '}' : i - from == most;
    if (!complete || !Character.isValidCodePoint(value)) {
      return literal(text, at, out);
    }
    int end = braces ? i + 1 : i;
    out.add(Character.toString(value), at, end);
    return end;
  }
}
