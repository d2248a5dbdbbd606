package dev.redoubt.detect;

/** Reads letters written as their places in the alphabet, {@code 17-21-1-18}. */
final class LetterNumberDecoder implements Decoder {
  private static final int MINIMUM = 8;

  @Override
  public boolean leaf() {
    return true;
  }

  @Override
  public void decode(MappedText text, Sink out) {
    if (text.digits() < MINIMUM) {
      return;
    }
    String chars = text.text();
    MappedText.Builder run = text.derive(16);
    String gap = "";
    int lastEnd = 0;
    int i = 0;
    while (i < chars.length()) {
      if (!Ascii.isDigit(chars.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      int value = 0;
      while (i < chars.length() && Ascii.isDigit(chars.charAt(i))) {
        value = Math.min(99, value * 10 + chars.charAt(i) - '0');
        i++;
      }
      String between = from - lastEnd > 3 ? "" : chars.substring(lastEnd, from);
      // A number after another gap is the next thing that is counted.
      boolean goesOn = run.length() > 0 && isGap(between) && (gap.isEmpty() || gap.equals(between));
      if (!goesOn || value < 1 || value > 26) {
        if (run.length() > 0) {
          flush(run, out);
          run = text.derive(16);
        }
        gap = "";
      } else {
        gap = between;
      }
      if (value >= 1 && value <= 26) {
        run.add((char) ('a' + value - 1), from, i);
      }
      lastEnd = i;
    }
    flush(run, out);
  }

  private static boolean isGap(String between) {
    return !between.isEmpty() && between.chars().noneMatch(Character::isLetterOrDigit);
  }

  private static void flush(MappedText.Builder run, Sink out) {
    if (run.length() >= MINIMUM) {
      out.accept("letter-numbers", run.build());
    }
  }
}
