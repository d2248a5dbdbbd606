package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/** Finds passphrases of several words: in quotes, or alone after "passphrase:". */
final class QuotedPhrases {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 64;

  private QuotedPhrases() {}

  static List<Span> find(String text, List<Token> tokens, CredentialContext context) {
    List<Span> found = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      int start = tokens.get(i).start();
      if (start == 0 || !Tokens.isQuote(text.charAt(start - 1))) {
        continue;
      }
      int word = context.direct(i);
      if (word < 0 || word > i || !CredentialWords.isPlain(tokens.get(word).text())) {
        continue;
      }
      int end = closing(text, start);
      if (end > 0 && text.substring(start, end).indexOf(' ') > 0) {
        found.add(Span.of(context.type(word), text, start, end));
      }
    }
    return found;
  }

  /** Index of the quote that closes a phrase on the same line; -1 when there is none. */
  private static int closing(String text, int start) {
    int limit = Math.min(text.length(), start + LONGEST + 1);
    for (int i = start; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return -1;
      }
      boolean apostrophe =
          c == '\'' && i + 1 < text.length() && Character.isLetter(text.charAt(i + 1));
      if (Tokens.isQuote(c) && !apostrophe) {
        return i - start >= SHORTEST ? i : -1;
      }
    }
    return -1;
  }
}
