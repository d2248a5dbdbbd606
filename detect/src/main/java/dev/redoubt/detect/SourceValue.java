package dev.redoubt.detect;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What is said of a value by the way in which programs and settings would write it. */
final class SourceValue {
  private static final int LONGEST_NAME = 64;
  private static final double RANDOM = 3.0;

  /** {@code self.password}, {@code netrc.netrc}, {@code f_code.co_flags}: names, not values. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "[A-Za-z_$][A-Za-z0-9_$]*+(?:(?:\\.|->|::|\\?\\.)[A-Za-z_$][A-Za-z0-9_$]*+)++");

  /** What a name must have beside a broad word. */
  private static final Set<String> NAMES =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "secret",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "authtoken",
          "accesstoken",
          "token",
          "credentials",
          "clientsecret",
          "pass");

  private static final Pattern STAND_IN =
      Pattern.compile(
          "example|test|sesame|pass\\b|dummy|fake|sample|change|your|foo|bar|secret|passw|token|default|hello|world"
              + "|mock|demo|null|none|user|admin|name|valid|key|1234|abcd|value|string|encod|type|auth"
              + "|grant|http|oauth|basic|bearer|field|hidden|login|input|error|request");

  private SourceValue() {}

  /** Says whether it is made of words that stand for a value in examples, digits hardly any. */
  static boolean isStandIn(String value) {
    return value.chars().filter(Ascii::isDigit).count() < 2
        && STAND_IN.matcher(value.toLowerCase(Locale.ROOT)).find();
  }

  /**
   * Says whether a value may be a credential where it stands.
   *
   * @param inSource whether its line belongs to source
   */
  static boolean mayBe(String text, Token value, boolean inSource) {
    boolean quoted = value.quoted(text);
    if (value.text().contains("\\x") || value.text().contains("\\u")) {
      return false;
    }
    if (!quoted && (isColumn(value) || isCall(text, value) || isReference(value.text()))) {
      return false;
    }
    return !inSource || isAssigned(text, value, quoted);
  }

  /** {@code Password *uint16}: names and types in columns. */
  private static boolean isColumn(Token value) {
    String gap = value.gap();
    return (gap.contains("  ") || gap.contains("\t"))
        && gap.chars().noneMatch(c -> c == ':' || c == '=' || c == '\n')
        && value.text().chars().filter(Ascii::isDigit).count() < 3;
  }

  private static boolean isCall(String text, Token value) {
    return value.end() < text.length()
        && "([".indexOf(text.charAt(value.end())) >= 0
        && !text.startsWith("](", value.end());
  }

  private static boolean isReference(String value) {
    return REFERENCE.matcher(value).matches() && value.chars().filter(Ascii::isDigit).count() < 4;
  }

  private static boolean isAssigned(String text, Token value, boolean quoted) {
    int i = value.start() - (quoted ? 2 : 1);
    while (i >= 0 && text.charAt(i) == ' ') {
      i--;
    }
    if (i < 1 || "=:".indexOf(text.charAt(i)) < 0 || !(quoted || endsLine(text, value.end()))) {
      return false;
    }
    i--;
    while (i >= 0 && " \"':=`]".indexOf(text.charAt(i)) >= 0) {
      i--;
    }
    int end = i + 1;
    while (i >= 0 && end - i < LONGEST_NAME && isName(text.charAt(i))) {
      i--;
    }
    return isNameOfOne(text.substring(i + 1, end)) && looksDrawn(value.text());
  }

  private static boolean isNameOfOne(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return NAMES.stream().anyMatch(lower::endsWith);
  }

  private static boolean endsLine(String text, int end) {
    return end >= text.length() || "\r\n".indexOf(text.charAt(end)) >= 0;
  }

  private static boolean isName(char c) {
    return Ascii.isAlnum(c) || c == '_' || c == '-' || c == '.';
  }

  /** Letters and digits in turns, no words: what source holds of credentials that are real. */
  private static boolean looksDrawn(String value) {
    CharCounts counts = CharCounts.of(value);
    String lower = value.toLowerCase(Locale.ROOT);
    return counts.digits() >= 2
        && counts.letters() >= 3
        && counts.changes() >= 3
        && !value.chars().allMatch(c -> Ascii.isHex(c) || c == '-')
        && SecretEntropy.bits(value) >= RANDOM
        && !STAND_IN.matcher(lower).find();
  }
}
