package dev.redoubt.detect;

/** Takes HTML tags and comments out of a text. */
final class MarkupDecoder implements Decoder {
  private static final int LONGEST = 300;

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    if (chars.indexOf('<') < 0) {
      return;
    }
    MappedText.Builder plain = text.derive();
    boolean found = false;
    int i = 0;
    while (i < chars.length()) {
      int end = chars.charAt(i) == '<' ? tagEnd(chars, i) : -1;
      if (end > 0) {
        found = true;
        i = end;
      } else {
        plain.add(chars.charAt(i), i, i + 1);
        i++;
      }
    }
    if (found) {
      out.accept("markup", plain.build());
    }
  }

  private static int tagEnd(String text, int at) {
    if (at + 1 >= text.length()) {
      return -1;
    }
    char c = text.charAt(at + 1);
    if (!Ascii.isLetter(c) && c != '/' && c != '!') {
      return -1;
    }
    int limit = Math.min(text.length(), at + LONGEST);
    for (int i = at + 2; i < limit; i++) {
      char d = text.charAt(i);
      if (d == '>') {
        return i + 1;
      }
      if (d == '<') {
        return -1;
      }
    }
    return -1;
  }
}
