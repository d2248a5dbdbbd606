package dev.redoubt.detect;

/**
 * Reads the first characters of words and of lines.
 *
 * <p>Words of one character are left to those who read values that are spaced out: mixed with
 * longer ones they would complete a truncated value by the word after it.
 */
final class AcrosticDecoder implements Decoder {
  private static final int MINIMUM = 6;

  @Override
  public boolean leaf() {
    return true;
  }

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    MappedText.Builder words = text.derive(text.length() / 4);
    MappedText.Builder lines = text.derive(text.length() / 32);
    boolean atLineStart = true;
    int i = 0;
    while (i < chars.length()) {
      char c = chars.charAt(i);
      if (!Ascii.isLetterOrDigit(c)) {
        atLineStart |= c == '\n' || c == '\r';
        i++;
        continue;
      }
      int from = i;
      while (i < chars.length() && isWordPart(chars.charAt(i))) {
        i++;
      }
      char first = i - from > 1 ? c : FactPattern.BREAK;
      words.add(first, from, from + 1);
      if (atLineStart) {
        lines.add(first, from, from + 1);
        atLineStart = false;
      }
    }
    accept(words, out);
    accept(lines, out);
  }

  private static boolean isWordPart(char c) {
    return Ascii.isLetterOrDigit(c) || c == '\'';
  }

  private static void accept(MappedText.Builder text, Sink out) {
    if (text.length() >= MINIMUM) {
      out.accept("acrostic", text.build());
    }
  }

  @Override
  public boolean whole() {
    return true;
  }
}
