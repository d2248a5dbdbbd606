package dev.redoubt.detect;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Finds a credential whose form anything could have, by the words before it on its line. */
final class NamedSecret {
  private static final int WINDOW = 64;
  private static final int LONGEST_NAME = 40;
  private static final List<String> CREDENTIAL =
      List.of("key", "token", "secret", "pass", "pwd", "auth", "sig=", "wallet");
  private static final List<String> OTHER =
      List.of(
          "sha1",
          "sha2",
          "sha5",
          "sha-",
          "hash",
          "digest",
          "md5",
          "commit",
          "checksum",
          "etag",
          "revision",
          "fingerprint",
          "integrity",
          "public");

  private NamedSecret() {}

  /**
   * Looks behind a word.
   *
   * @param start index of the word
   * @param end index after it
   */
  static @Nullable Span find(SecretKind kind, String text, int start, int end) {
    int name = start;
    while (name > 0 && start - name < LONGEST_NAME && isName(text.charAt(name - 1))) {
      name--;
    }
    int limit = Math.min(text.length(), end + WINDOW);
    boolean sign = end > 0 && text.charAt(end - 1) == '=';
    Matcher form = kind.form().matcher(text);
    for (int i = end; i < limit && text.charAt(i) != '\n' && text.charAt(i) != ';'; i++) {
      char c = text.charAt(i);
      boolean begins = (Ascii.isAlnum(c) || c == '+' || c == '/') && !isValue(text.charAt(i - 1));
      if (begins && sign && form.region(i, text.length()).lookingAt() && free(text, form.end())) {
        String before = text.substring(name, i).toLowerCase(Locale.ROOT);
        boolean named =
            CREDENTIAL.stream().anyMatch(before::contains)
                && OTHER.stream().noneMatch(before::contains);
        String value = text.substring(i, form.end());
        return named && SecretEntropy.holds(kind, value)
            ? Span.of(kind.id(), text, i, form.end())
            : null;
      }
      sign |=
          "=:,(>\u2192".indexOf(c) >= 0
              || text.startsWith(" is ", i)
              || (kind.words().getFirst().contains("basic") && c == ' ');
    }
    return null;
  }

  private static boolean isName(char c) {
    return Ascii.isAlnum(c) || c == '_' || c == '.' || c == '-';
  }

  private static boolean isValue(char c) {
    return Ascii.isAlnum(c) || "_-+/.~%".indexOf(c) >= 0;
  }

  private static boolean free(String text, int end) {
    return end >= text.length()
        || (!isValue(text.charAt(end)) && text.charAt(end) != '=')
        || (text.charAt(end) == '.'
            && (end + 1 == text.length() || !Ascii.isAlnum(text.charAt(end + 1))));
  }
}
