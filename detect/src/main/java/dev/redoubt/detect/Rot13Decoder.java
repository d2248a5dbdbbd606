package dev.redoubt.detect;

/** Turns the Latin alphabet by half. */
final class Rot13Decoder implements Decoder {

  @Override
  public void decode(MappedText text, Sink out) {
    char[] chars = text.text().toCharArray();
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      if (Ascii.isLetter(c)) {
        int a = Ascii.isUpper(c) ? 'A' : 'a';
        chars[i] = (char) (a + (c - a + 13) % 26);
      }
    }
    out.accept("rot13", text.withChars(chars));
  }

  @Override
  public boolean whole() {
    return true;
  }
}
