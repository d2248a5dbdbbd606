package dev.redoubt.detect;

/**
 * Reads text written in characters that look like Latin ones turned by half, from its end. Works on
 * a text before it is normalised.
 */
final class UpsideDownDecoder implements Decoder {
  private static final String TURNED =
      "\u0250q\u0254p\u01DD\u025F\u0183\u0265\u1D09\u027E\u029El\u026Fuodb\u0279s\u0287n\u028C\u028Dx\u028Ez";
  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz";

  /** Other shapes that turning tools use, each followed by what it stands for. */
  private static final String MORE =
      "\u0131i\u0253g\u0252a\u2C79r\u05DFl\u0500P\u2132F\u2141G\u2143E\u018EE\u0186C\u15FAB\u15E1D\u2229U\u039BV\u2144Y\u22A5T\u2534T\u1D1AR"
          + "\u01961\u11052\u01903\u31234\u03DB5\u31257\u02D9.\u203E_\u0270m";

  @Override
  public boolean leaf() {
    return true;
  }

  @Override
  public void decode(MappedText text, Sink out) {
    MappedText reversed = text.reversed();
    char[] chars = reversed.text().toCharArray();
    int marks = 0;
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      int at = TURNED.indexOf(c);
      int more = at < 0 ? MORE.indexOf(c) : -1;
      if (at >= 0) {
        chars[i] = PLAIN.charAt(at);
      } else if (c >= 0x80 && more >= 0 && more % 2 == 0) {
        chars[i] = MORE.charAt(more + 1);
      } else if (c == '6' || c == '9') {
        chars[i] = c == '6' ? '9' : '6';
      }
      marks += c >= 0x80 && chars[i] < 0x80 ? 1 : 0;
    }
    if (marks >= 2) {
      out.accept("upside-down", reversed.withChars(chars));
    }
  }
}
