package dev.redoubt.detect.internal;

/** Reads groups of digits such as phone and card numbers are written in. */
final class Digits {
  private Digits() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isWordChar(String text, int index) {
    return index >= 0 && index < text.length() && Character.isLetterOrDigit(text.charAt(index));
  }

  /**
   * Index after the digits from {@code from} on, which may be parted by single separators.
   *
   * @param most most digits
   */
  static int run(String text, int from, String separators, int most) {
    int end = from;
    int count = 0;
    int i = from;
    while (i < text.length() && count < most) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        count++;
        i++;
        end = i;
      } else if (separators.indexOf(c) >= 0 && i - end < 2) {
        i++;
      } else {
        break;
      }
    }
    return end;
  }

  /** The digits alone. */
  static String of(String text, int from, int to) {
    StringBuilder digits = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      if (isDigit(text.charAt(i))) {
        digits.append(text.charAt(i));
      }
    }
    return digits.toString();
  }

  /** Lengths of the groups of digits, such as {@code 3-3-4}. */
  static String groups(String text, int from, int to) {
    StringBuilder groups = new StringBuilder();
    int length = 0;
    for (int i = from; i <= to; i++) {
      if (i < to && isDigit(text.charAt(i))) {
        length++;
      } else if (length > 0) {
        groups.append(groups.isEmpty() ? "" : "-").append(length);
        length = 0;
      }
    }
    return groups.toString();
  }
}
