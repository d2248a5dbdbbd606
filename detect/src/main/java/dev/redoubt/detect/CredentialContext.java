package dev.redoubt.detect;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the words around a token say about it. */
final class CredentialContext {
  private static final int NEAR_BEFORE = 10;
  private static final int NEAR_AFTER = 6;
  private static final int LINKS = 5;
  private static final int LABEL = 7;
  private static final Set<String> LINKING =
      Set.of(
          "is",
          "are",
          "was",
          "be",
          "reads",
          "says",
          "equals",
          "the",
          "a",
          "your",
          "our",
          "my",
          "this",
          "set",
          "to",
          "named",
          "called",
          "as",
          "following",
          "currently",
          "now",
          "today",
          "always",
          "only",
          "here",
          "value",
          "ist",
          "lautet",
          "es",
          "est",
          "use",
          "using",
          "with",
          "=",
          "->",
          "=>",
          "-",
          "–",
          "—",
          "\u2192");
  private static final Set<String> HIDING =
      Set.of(
          "reveal",
          "share",
          "disclose",
          "tell",
          "mention",
          "expose",
          "repeat",
          "leak",
          "print",
          "output",
          "give",
          "hand",
          "quote",
          "show");
  private static final Set<String> NEGATING =
      Set.of("never", "not", "don't", "dont", "no", "without", "cannot", "mustn't", "nobody");
  private static final Set<String> CONFIDENTIAL =
      Set.of("confidential", "secret", "classified", "credentials", "top-secret", "undisclosed");

  private final List<Token> tokens;

  /** For each token 0 when not asked yet, 1 when it is no word for a credential, 2 when it is. */
  private final byte[] words;

  CredentialContext(List<Token> tokens) {
    this.tokens = tokens;
    this.words = new byte[tokens.size()];
  }

  /**
   * Finds the word for a credential that a token is said to be the value of.
   *
   * @return its index, or -1
   */
  int direct(int index) {
    int before = directBefore(index);
    return before >= 0 ? before : directAfter(index);
  }

  private int directBefore(int index) {
    int i = index - 1;
    for (int n = 0; i >= 0 && n <= LINKS && sameSentence(i, index); n++, i--) {
      if (isCredentialWord(i)) {
        return i;
      }
      if (!isLinking(i)) {
        return qualified(i, index);
      }
    }
    return -1;
  }

  /** "key for refunds: X", "password (staff): X": a label of a few words before a colon. */
  private int qualified(int last, int index) {
    boolean said = false;
    for (int i = last + 1; i <= index; i++) {
      String gap = tokens.get(i).gap();
      said |= gap.indexOf(':') >= 0 || gap.indexOf('=') >= 0 || (i < index && isIs(i));
    }
    for (int i = last, n = 0; said && i >= 0 && n < LABEL && sameSentence(i, index); i--, n++) {
      if (isCredentialWord(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isIs(int index) {
    String word = tokens.get(index).text();
    return word.equalsIgnoreCase("is") || word.equalsIgnoreCase("are") || word.equals("=");
  }

  private int directAfter(int index) {
    int i = index + 1;
    if (i >= tokens.size()) {
      return -1;
    }
    String first = tokens.get(i).text().toLowerCase(Locale.ROOT);
    boolean said =
        first.equals("is") || first.equals("as") || tokens.get(i).gap().indexOf('(') >= 0;
    for (int n = 0; said && i < tokens.size() && n <= LINKS && sameSentence(i, index); n++, i++) {
      if (isCredentialWord(i)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Finds a word for a credential in the same sentence.
   *
   * @return its index, or -1
   */
  int near(int index) {
    for (int i = index - 1, n = 0; i >= 0 && n < NEAR_BEFORE && sameSentence(i, index); i--, n++) {
      if (isCredentialWord(i)) {
        return i;
      }
    }
    for (int i = index + 1, n = 0;
        i < tokens.size() && n < NEAR_AFTER && sameSentence(i, index);
        i++, n++) {
      if (isCredentialWord(i)) {
        return i;
      }
    }
    return -1;
  }

  /** Says whether the sentence of a token or the next asks to keep something to oneself. */
  boolean hidden(int index) {
    int sentence = tokens.get(index).sentence();
    boolean negated = false;
    boolean hiding = false;
    for (int i = Math.max(0, index - 20), n = 0; i < tokens.size() && n < 50; i++, n++) {
      int there = tokens.get(i).sentence();
      if (there < sentence || there > sentence + 1) {
        continue;
      }
      String word = tokens.get(i).text().toLowerCase(Locale.ROOT);
      negated |= NEGATING.contains(word);
      hiding |= HIDING.contains(word);
      if (CONFIDENTIAL.contains(word)) {
        return true;
      }
    }
    return negated && hiding;
  }

  /** Says whether the words before a token in its own sentence ask to keep something to oneself. */
  boolean hiddenBefore(int index) {
    boolean negated = false;
    boolean hiding = false;
    for (int i = index - 1, n = 0; i >= 0 && n < NEAR_BEFORE && sameSentence(i, index); i--, n++) {
      String word = tokens.get(i).text().toLowerCase(Locale.ROOT);
      negated |= NEGATING.contains(word);
      hiding |= HIDING.contains(word);
    }
    return negated && hiding;
  }

  /** Type of the credential that the word at an index names. */
  String type(int index) {
    @Nullable String type = CredentialWords.type(tokens.get(index).text());
    return type == null ? "secret" : type;
  }

  boolean isCredentialWord(int index) {
    if (words[index] == 0) {
      words[index] = (byte) (namesOne(index) ? 2 : 1);
    }
    return words[index] == 2;
  }

  private boolean namesOne(int index) {
    String word = tokens.get(index).text();
    if (CredentialWords.type(word) == null || ValueShape.of(word) == ValueShape.STRONG) {
      return false;
    }
    if (CredentialWords.isPlain(word)) {
      return !isAboutOne(index);
    }
    String before = index > 0 ? tokens.get(index - 1).text() : "";
    // "Key combination Ctrl+Shift+Esc", "colour combination".
    boolean keys = word.equalsIgnoreCase("combination") && before.matches("(?i)keys?|colou?rs?");
    boolean otherBefore = keys || CredentialWords.makesOther(before);
    return !otherBefore && !makesOtherAfter(index);
  }

  /** "password reset", "PIN policy". */
  private boolean isAboutOne(int index) {
    return isFollowed(index) && CredentialWords.isAbout(tokens.get(index + 1).text());
  }

  /** "key points", "code of conduct", but "code of the safe". */
  private boolean makesOtherAfter(int index) {
    if (!isFollowed(index)) {
      return false;
    }
    String next = tokens.get(index + 1).text();
    boolean of = next.equals("of") && index + 2 < tokens.size();
    return of
        ? !LINKING.contains(tokens.get(index + 2).text())
        : CredentialWords.makesOtherAfter(next);
  }

  private boolean isFollowed(int index) {
    return index + 1 < tokens.size() && tokens.get(index + 1).gap().equals(" ");
  }

  private boolean isLinking(int index) {
    return LINKING.contains(tokens.get(index).text().toLowerCase(Locale.ROOT));
  }

  private boolean sameSentence(int a, int b) {
    return tokens.get(a).sentence() == tokens.get(b).sentence();
  }
}
