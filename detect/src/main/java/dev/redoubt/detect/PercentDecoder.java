package dev.redoubt.detect;

/** Undoes {@code %51} (URLs) or {@code =51} (quoted-printable), leaving other characters. */
final class PercentDecoder implements Decoder {
  private final String name;
  private final char mark;

  PercentDecoder(String name, char mark) {
    this.name = name;
    this.mark = mark;
  }

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    if (next(chars, 0) < 0) {
      return;
    }
    MappedText.Builder decoded = text.derive();
    int i = 0;
    while (i < chars.length()) {
      if (!isEscape(chars, i)) {
        decoded.add(chars.charAt(i), i, i + 1);
        i++;
        continue;
      }
      ByteText bytes = new ByteText();
      while (isEscape(chars, i)) {
        bytes.add(Ascii.hex(chars.charAt(i + 1)) * 16 + Ascii.hex(chars.charAt(i + 2)), i, i + 3);
        i += 3;
      }
      bytes.copyInto(decoded);
    }
    out.accept(name, decoded.build());
  }

  private int next(String text, int from) {
    int at = text.indexOf(mark, from);
    while (at >= 0 && !isEscape(text, at)) {
      at = text.indexOf(mark, at + 1);
    }
    return at;
  }

  private boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == mark
        && Ascii.isHex(text.charAt(at + 1))
        && Ascii.isHex(text.charAt(at + 2));
  }
}
