package dev.redoubt.detect;

/** What kind of value a string is, where that decides how it may be looked for. */
final class ValueForms {
  private ValueForms() {}

  /** Says whether the string is one e-mail address. */
  static boolean isEmail(String value) {
    int at = value.indexOf('@');
    if (at <= 0 || at != value.lastIndexOf('@') || value.indexOf('.', at) < 0) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (i != at && !isMailChar(c)) {
        return false;
      }
    }
    return Character.isLetterOrDigit(value.charAt(0))
        && Character.isLetterOrDigit(value.charAt(value.length() - 1));
  }

  private static boolean isMailChar(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
  }

  /** Says whether the string is words that each begin with a capital, as the names of people do. */
  static boolean isPersonName(String value) {
    String[] words = value.split("[ '.-]+", -1);
    int capitals = 0;
    for (String word : words) {
      if (word.isEmpty()) {
        continue;
      }
      if (!word.chars().allMatch(c -> Character.isLetter(c))) {
        return false;
      }
      boolean capital =
          Character.isUpperCase(word.charAt(0))
              && word.chars().skip(1).noneMatch(c -> Character.isUpperCase(c));
      // "van der Berg": small words between capitals.
      if (!capital && (word.length() > 3 || capitals == 0)) {
        return false;
      }
      capitals += capital ? 1 : 0;
    }
    return capitals >= 2 && value.indexOf(' ') > 0;
  }

  /** Says whether an address is not the tail or the head of a longer one. */
  static boolean emailStandsAlone(String text, int from, int to) {
    if (from > 1
        && isJoint(text.charAt(from - 1))
        && Character.isLetterOrDigit(text.charAt(from - 2))) {
      return false;
    }
    return !(to + 1 < text.length()
        && (text.charAt(to) == '.' || text.charAt(to) == '-')
        && Character.isLetterOrDigit(text.charAt(to + 1))
        && isLabelAfter(text, to + 1));
  }

  private static boolean isJoint(char c) {
    return c == '.' || c == '-' || c == '+' || c == '_' || c == '%';
  }

  /** A dot and a lower-case label after an address go on with it; a new sentence does not. */
  private static boolean isLabelAfter(String text, int at) {
    return Character.isLowerCase(text.charAt(at)) || Character.isDigit(text.charAt(at));
  }
}
