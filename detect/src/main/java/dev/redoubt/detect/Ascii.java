package dev.redoubt.detect;

/** Classes of ASCII characters; everything else belongs to none of them. */
final class Ascii {
  private Ascii() {}

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isLetter(int c) {
    return isUpper(c) || isLower(c);
  }

  static boolean isAlnum(int c) {
    return isLetter(c) || isDigit(c);
  }

  /** As {@link Character#isLetterOrDigit(char)}, faster for what most texts are made of. */
  static boolean isLetterOrDigit(char c) {
    return c < 0x80 ? isAlnum(c) : Character.isLetterOrDigit(c);
  }

  /** As {@link Character#isWhitespace(char)}, faster for what most texts are made of. */
  static boolean isWhitespace(char c) {
    return (c <= ' ' || c >= 0x80) && Character.isWhitespace(c);
  }

  static boolean isHex(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** Value of a hexadecimal digit; -1 for anything else. */
  static int hex(int c) {
    if (isDigit(c)) {
      return c - '0';
    }
    return isHex(c) ? (c | 0x20) - 'a' + 10 : -1;
  }
}
