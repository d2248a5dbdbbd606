package dev.redoubt.detect;

/** Decodes characters written as their numbers, {@code 81 117 97}, decimal or octal. */
final class NumberDecoder implements Decoder {
  private static final int MIN_NUMBERS = 6;
  private static final int MAX_GAP = 6;

  @Override
  public void decode(MappedText text, Sink out) {
    if (text.digits() < 2 * MIN_NUMBERS) {
      return;
    }
    decode(text, 10, "decimal", out);
    decode(text, 8, "octal", out);
  }

  private static void decode(MappedText text, int radix, String name, Sink out) {
    String chars = text.text();
    MappedText.Builder run = text.derive(16);
    int lastEnd = 0;
    int i = 0;
    while (i < chars.length()) {
      char c = chars.charAt(i);
      if (!Ascii.isDigit(c)) {
        if (Character.isLetter(c) || i - lastEnd >= MAX_GAP) {
          run = flush(run, text, name, out);
        }
        i++;
        continue;
      }
      int from = i;
      int value = 0;
      boolean valid = true;
      while (i < chars.length() && Ascii.isDigit(chars.charAt(i))) {
        int digit = chars.charAt(i) - '0';
        valid &= digit < radix;
        value = Math.min(9999, value * radix + digit);
        i++;
      }
      lastEnd = i;
      if (valid && value >= 32 && value < 256 && i - from <= 4) {
        run.add((char) value, from, i);
      } else {
        run = flush(run, text, name, out);
      }
    }
    flush(run, text, name, out);
  }

  private static MappedText.Builder flush(
      MappedText.Builder run, MappedText text, String name, Sink out) {
    if (run.length() == 0) {
      return run;
    }
    if (run.length() >= MIN_NUMBERS) {
      out.accept(name, run.build());
    }
    return text.derive(16);
  }
}
