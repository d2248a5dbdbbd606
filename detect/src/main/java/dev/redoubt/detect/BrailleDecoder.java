package dev.redoubt.detect;

/** Reads letters, digits and some symbols in (uncontracted) braille patterns. */
final class BrailleDecoder implements Decoder {
  private static final int MINIMUM = 6;

  /** The letters a to z as their dots, the lowest bit for dot 1. */
  private static final int[] LETTERS = {
    0x01, 0x03, 0x09, 0x19, 0x11, 0x0B, 0x1B, 0x13, 0x0A, 0x1A, 0x05, 0x07, 0x0D, 0x1D, 0x15, 0x0F,
    0x1F, 0x17, 0x0E, 0x1E, 0x25, 0x27, 0x3A, 0x2D, 0x3D, 0x35
  };

  private static final int NUMBER = 0x3C;

  @Override
  public boolean leaf() {
    return true;
  }

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    if (!hasPatterns(chars)) {
      return;
    }
    MappedText.Builder decoded = text.derive(16);
    boolean number = false;
    for (int i = 0; i < chars.length(); i++) {
      int dots = chars.charAt(i) - 0x2800;
      if (dots <= 0 || dots > 0xFF) {
        number = false;
        if (decoded.length() > 0 && chars.charAt(i) < 0x80) {
          decoded.add(chars.charAt(i), i, i + 1);
        }
        continue;
      }
      int letter = letter(dots);
      if (letter >= 0) {
        boolean digit = number && letter < 10;
        decoded.add((char) (digit ? '0' + (letter + 1) % 10 : 'a' + letter), i, i + 1);
        number = digit;
      } else if (dots == NUMBER) {
        number = true;
      } else {
        number = false;
        if (dots == 0x24) {
          decoded.add('-', i, i + 1);
        }
      }
    }
    if (decoded.length() >= MINIMUM) {
      out.accept("braille", decoded.build());
    }
  }

  private static boolean hasPatterns(String chars) {
    for (int i = 0; i < chars.length(); i++) {
      if (chars.charAt(i) > 0x2800 && chars.charAt(i) <= 0x28FF) {
        return true;
      }
    }
    return false;
  }

  private static int letter(int dots) {
    for (int i = 0; i < LETTERS.length; i++) {
      if (LETTERS[i] == dots) {
        return i;
      }
    }
    return -1;
  }
}
