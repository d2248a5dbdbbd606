package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds credentials in a text by what credentials in general look like: the public formats of
 * providers, private keys, URLs with a password, assignments and phrases ({@code password is X}),
 * and tokens of high entropy beside a word for a credential.
 */
public final class SecretScanner {
  private SecretScanner() {}

  /** Kinds of credentials that are known by their form, each as {@code id: title}. */
  public static List<String> kinds() {
    return SecretKinds.all().stream().map(k -> k.id() + ": " + k.title()).toList();
  }

  /**
   * Scans a text.
   *
   * @param text any chars
   * @return spans of the credentials alone, in the order of the text, none overlapping another;
   *     their type says what gave them away, such as {@code aws-access-key} or {@code password}
   */
  public static List<Span> scan(String text) {
    List<Span> claims = new ArrayList<>(CredentialBlocks.find(text));
    List<Span> formats = SecretKinds.find(text);
    claims.addAll(formats);
    int f = 0;
    for (Span phrase : CredentialPhrases.find(text, CredentialPhrases.Trust.ANY_TEXT)) {
      // What a provider's format tells is more than what the words around it do.
      while (f < formats.size() && formats.get(f).end() <= phrase.start()) {
        f++;
      }
      if (f == formats.size() || !formats.get(f).overlaps(phrase)) {
        claims.add(phrase);
      }
    }
    return Spans.resolve(claims);
  }
}
