package dev.redoubt.detect;

import java.util.Locale;
import java.util.regex.Pattern;

/** How much a token looks like a credential by its characters alone. */
enum ValueShape {
  /** A date, a price, a URL, an address, a file, a version, or too short: no credential. */
  NONE,
  /** An ordinary word or identifier: a credential only if the text says so outright. */
  WEAK,
  /** Digits, perhaps in groups: a credential only if called a code, a PIN or a key. */
  DIGITS,
  /** Hardly a word: a credential if the text is about one. */
  MEDIUM,
  /** Drawn at random, it seems. */
  STRONG;

  static final int SHORTEST = 8;
  private static final int LONGEST = 256;
  private static final Pattern VARIABLE = Pattern.compile("\\$[a-z]{2,}(?:[/:\\\\].*)?");
  private static final String SYMBOLS = "@#$%^&*!+=?~\\";

  static ValueShape of(String token) {
    if (token.length() < SHORTEST || token.length() > LONGEST || isOrdinary(token)) {
      return NONE;
    }
    CharCounts counts = CharCounts.of(token);
    if (counts.letters() == 0) {
      return counts.digits() >= SHORTEST ? DIGITS : NONE;
    }
    if (counts.foreign() > 0) {
      return counts.digits() > 1 ? MEDIUM : WEAK;
    }
    if (isRandom(token, counts)) {
      return STRONG;
    }
    if (isIdentifier(token)) {
      return WEAK;
    }
    boolean unlikeAWord =
        counts.digits() >= 2
            || (counts.symbols() > 0
                && (counts.digits() > 0 || counts.upper() * counts.lower() > 0))
            || isJoinedWords(token, counts)
            || (counts.separators() == 0 && !isPronounceable(token));
    return unlikeAWord ? MEDIUM : WEAK;
  }

  private static boolean isRandom(String token, CharCounts counts) {
    boolean threeClasses = counts.upper() >= 2 && counts.lower() >= 2 && counts.digits() >= 2;
    if (token.length() >= 16 && threeClasses && counts.changes() >= 6) {
      return true;
    }
    return token.length() >= 20
        && counts.digits() >= 4
        && counts.changes() >= 7
        && !isHashOrUuid(token);
  }

  /** Digests and UUIDs name things far more often than they open them. */
  static boolean isHashOrUuid(String token) {
    String hex = token.replace("-", "");
    boolean allHex = hex.chars().allMatch(Ascii::isHex);
    return allHex && (hex.length() == 32 || hex.length() == 40 || hex.length() == 64);
  }

  /** Letters and then digits alone, as in order and ticket numbers, or a digest. */
  private static boolean isIdentifier(String token) {
    int i = 0;
    while (i < token.length()
        && (Ascii.isLetter(token.charAt(i)) || isSeparator(token.charAt(i)))) {
      i++;
    }
    int digits = i;
    while (i < token.length() && (Ascii.isDigit(token.charAt(i)) || isSeparator(token.charAt(i)))) {
      i++;
    }
    return (i == token.length() && digits > 0 && digits < i) || isHashOrUuid(token);
  }

  static boolean isSeparator(char c) {
    return c == '-' || c == '_' || c == '.' || c == '/';
  }

  /** QuartzHollowMeadow, ORCHID_STONE_RIVER; not JavaScript, not get_order_status. */
  private static boolean isJoinedWords(String token, CharCounts counts) {
    int humps = 0;
    for (int i = 1; i < token.length(); i++) {
      if (Ascii.isUpper(token.charAt(i)) && Ascii.isLower(token.charAt(i - 1))) {
        humps++;
      }
    }
    if (counts.separators() == 0) {
      return humps >= 2 || (humps == 1 && token.length() >= 14);
    }
    return counts.separators() >= 2 && counts.upper() >= 2 && !CredentialWords.isNameOfOne(token);
  }

  /** Vowels and consonants in such turns as the languages written in Latin letters have them. */
  private static boolean isPronounceable(String token) {
    String lower = token.toLowerCase(Locale.ROOT);
    int vowels = 0;
    int run = 0;
    int longestRun = 0;
    for (int i = 0; i < lower.length(); i++) {
      boolean vowel = "aeiouy".indexOf(lower.charAt(i)) >= 0;
      vowels += vowel ? 1 : 0;
      run = vowel ? 0 : run + 1;
      longestRun = Math.max(longestRun, run);
    }
    return vowels * 5 >= lower.length()
        && vowels * 10 <= lower.length() * 7
        && longestRun <= 5
        && !LetterPairs.hasRare(lower);
  }

  private static boolean isOrdinary(String token) {
    String lower = token.toLowerCase(Locale.ROOT);
    return lower.contains("://")
        || lower.startsWith("---")
        || lower.startsWith("www.")
        || ValueForms.isEmail(token)
        || isDateOrNumber(lower)
        || isPlaceholder(lower)
        || isPathOrHost(lower);
  }

  /** 2026-11-24T10:30, 1.299,00, +49-30-901820, 24-hour: digits with the marks of such. */
  private static boolean isDateOrNumber(String lower) {
    if (lower.charAt(0) == '+' || "$\u20AC\u00A3#".indexOf(lower.charAt(0)) >= 0) {
      return lower.chars().allMatch(c -> !Character.isLetter(c));
    }
    boolean date =
        lower.length() >= 8
            && lower.chars().limit(4).allMatch(Ascii::isDigit)
            && (lower.charAt(4) == '-' || lower.charAt(4) == '/')
            && lower.chars().filter(c -> c == '-' || c == '/').count() >= 2
            && lower.length() <= 25
            && lower.chars().allMatch(c -> Ascii.isDigit(c) || "-/tz.+".indexOf(c) >= 0);
    boolean decimal =
        (lower.indexOf('.') > 0 || lower.indexOf(',') > 0)
            && lower.chars().allMatch(c -> Ascii.isDigit(c) || c == '.' || c == ',' || c == '%');
    boolean dayFirst =
        lower.length() == 10
            && Ascii.isDigit(lower.charAt(0))
            && !Ascii.isDigit(lower.charAt(2))
            && lower.charAt(2) == lower.charAt(5)
            && lower.chars().filter(Ascii::isDigit).count() == 8;
    return date || decimal || dayFirst;
  }

  /** Masks, template variables and the like stand for a value and are none. */
  private static boolean isPlaceholder(String lower) {
    char first = lower.charAt(0);
    return lower.chars().distinct().count() < 4
        || (first == '$'
            && lower.length() > 1
            && Ascii.isLetter(lower.charAt(1))
            && lower.indexOf('_') > 0)
        || VARIABLE.matcher(lower).matches()
        || first == '%'
        || lower.startsWith("your_")
        || lower.startsWith("your-")
        || lower.startsWith("xxxx")
        || lower.contains("****")
        || lower.contains("example")
        || lower.contains("placeholder")
        || lower.contains("redacted");
  }

  private static boolean isPathOrHost(String lower) {
    if (lower.charAt(0) == '/' || lower.startsWith("./") || lower.startsWith("~/")) {
      return true;
    }
    int dot = lower.lastIndexOf('.');
    String suffix = dot < 0 ? "" : lower.substring(dot + 1);
    boolean name =
        lower.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_./".indexOf(c) >= 0);
    return name && dot > 0 && FileSuffixes.isKnown(suffix);
  }

  static boolean isSymbol(char c) {
    return SYMBOLS.indexOf(c) >= 0;
  }
}
