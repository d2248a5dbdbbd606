package dev.redoubt.detect;

/**
 * Counts the characters of a token by class.
 *
 * @param changes how often the class changes from one character to the next, separators apart
 */
record CharCounts(
    int upper, int lower, int digits, int symbols, int separators, int foreign, int changes) {

  static CharCounts of(String token) {
    int upper = 0;
    int lower = 0;
    int digits = 0;
    int symbols = 0;
    int separators = 0;
    int foreign = 0;
    int changes = 0;
    int last = 0;
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      int kind = 0;
      if (Ascii.isUpper(c)) {
        upper++;
        kind = 1;
      } else if (Ascii.isLower(c)) {
        lower++;
        kind = 2;
      } else if (Ascii.isDigit(c)) {
        digits++;
        kind = 3;
      } else if (ValueShape.isSymbol(c)) {
        symbols++;
        kind = 4;
      } else if (c < 0x80) {
        separators++;
      } else {
        foreign++;
      }
      if (kind != 0) {
        changes += last != 0 && kind != last ? 1 : 0;
        last = kind;
      }
    }
    return new CharCounts(upper, lower, digits, symbols, separators, foreign, changes);
  }

  int letters() {
    return upper + lower + foreign;
  }
}
