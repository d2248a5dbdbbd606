package dev.redoubt.detect;

/**
 * A word or value of a text, without the punctuation around it.
 *
 * @param text its chars
 * @param start index of its first char
 * @param end index after its last
 * @param gap what stands between the token before and this one
 * @param sentence number of the sentence that it stands in
 */
record Token(String text, int start, int end, String gap, int sentence) {

  /** Says whether quotes or backticks stand on both sides in the text. */
  boolean quoted(String source) {
    if (start == 0 || end >= source.length()) {
      return false;
    }
    char before = source.charAt(start - 1);
    return "\"'`\u201C\u2018\u00AB".indexOf(before) >= 0 && Tokens.isQuote(source.charAt(end));
  }

  /**
   * Says whether a clause ends after it: the text, the line, a sentence, a bracket or a list item.
   */
  boolean endsClause(String source) {
    int i = end;
    while (i < source.length() && (source.charAt(i) == '*' || Tokens.isQuote(source.charAt(i)))) {
      i++;
    }
    if (i >= source.length()) {
      return true;
    }
    char c = source.charAt(i);
    if (".,;!?)]}|<".indexOf(c) >= 0 || c == '\n' || c == '\r') {
      return true;
    }
    int next = i;
    while (next < source.length() && next - i < 4 && source.charAt(next) == ' ') {
      next++;
    }
    return next >= source.length() || "(\n\r-\u2013\u2014".indexOf(source.charAt(next)) >= 0;
  }
}
