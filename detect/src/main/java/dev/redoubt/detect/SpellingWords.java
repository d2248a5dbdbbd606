package dev.redoubt.detect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Words that people spell with: the spelling alphabet of ICAO Annex 10, numbers and symbols in
 * English, and numbers and symbols in German, French and Spanish.
 */
final class SpellingWords {
  /** Length of the longest word. */
  static final int LONGEST = 16;

  private static final Map<String, String> NAMED = new HashMap<>();
  private static final Map<String, String> SYMBOLS = new HashMap<>();
  private static final Set<String> FILLERS = new HashSet<>();

  /** For each two first letters, a bit for each length of a word that begins so. */
  private static final int[] LENGTHS = new int[26 * 26];

  private static final Set<String> LIKENINGS =
      Set.of("as", "in", "for", "like", "is", "comme", "wie", "como", "de", "stands");

  static {
    for (String word :
        ("alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike"
                + " november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray"
                + " yankee zulu")
            .split(" ", -1)) {
      NAMED.put(word, word.substring(0, 1));
    }
    numbers("zero one two three four five six seven eight nine");
    numbers("null eins zwei drei vier fuenf sechs sieben acht neun");
    numbers("- - zwo - - fünf - - - niner");
    numbers("- - deux trois quatre cinq - sept huit neuf");
    numbers("cero uno dos tres cuatro cinco seis siete ocho nueve");
    symbol("-", "dash hyphen minus bindestrich tiret guion guión");
    symbol("_", "underscore unterstrich");
    symbol(".", "dot period point punkt punto");
    symbol("@", "at arroba arobase klammeraffe");
    symbol("/", "slash schrägstrich barra");
    symbol("\\", "backslash");
    symbol(":", "colon doppelpunkt");
    symbol("#", "hash hashtag pound raute");
    symbol("$", "dollar");
    symbol("%", "percent");
    symbol("&", "ampersand");
    symbol("*", "asterisk star");
    symbol("+", "plus");
    symbol("=", "equals equal");
    symbol("!", "exclamation bang");
    symbol("?", "question");
    symbol("~", "tilde");
    symbol("^", "caret");
    symbol(",", "comma");
    symbol(" ", "space blank leerzeichen espacio espace");
    FILLERS.addAll(
        Set.of(
            ("capital uppercase upper lowercase lower case letter letters digit number character char"
                    + " symbol sign mark small big then and followed by next the an again position"
                    + " first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
                    + " twelfth last finally comes is grossbuchstabe großbuchstabe gross groß klein"
                    + " dann und mayúscula minúscula majuscule minuscule luego puis et")
                .split(" ", -1)));
    for (Set<String> words : List.of(NAMED.keySet(), SYMBOLS.keySet(), FILLERS)) {
      for (String word : words) {
        if (Ascii.isLower(word.charAt(0)) && Ascii.isLower(word.charAt(1))) {
          LENGTHS[26 * (word.charAt(0) - 'a') + word.charAt(1) - 'a'] |= 1 << word.length();
        }
      }
    }
  }

  private SpellingWords() {}

  private static boolean mayBe(String word) {
    int a = word.charAt(0) | 0x20;
    int b = word.charAt(1) | 0x20;
    if (!Ascii.isLower(a) || !Ascii.isLower(b)) {
      return a >= 0x80 || b >= 0x80;
    }
    return (LENGTHS[26 * (a - 'a') + b - 'a'] >> word.length() & 1) != 0;
  }

  /** Says whether a word is any of these. */
  static boolean isAny(String word) {
    // Most words begin like none of these of their length; no other is looked up.
    if (word.length() < 2 || word.length() > LONGEST || !mayBe(word)) {
      return false;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    return NAMED.containsKey(lower) || SYMBOLS.containsKey(lower) || FILLERS.contains(lower);
  }

  /** The letter or digit that a word stands for. */
  static @Nullable String named(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    String named = NAMED.get(lower);
    // "Kilo" is a capital one, as people spell; the matcher does not mind.
    return named != null && Character.isUpperCase(word.charAt(0))
        ? named.toUpperCase(Locale.ROOT)
        : named;
  }

  /** The symbol that a word stands for. */
  static @Nullable String symbol(String word) {
    return SYMBOLS.get(word.toLowerCase(Locale.ROOT));
  }

  /** Says whether a word only goes with spelling. */
  static boolean isFiller(String word) {
    return FILLERS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Says whether a word leads to an example: "as in", "for". */
  static boolean isLikening(String word) {
    return LIKENINGS.contains(word.toLowerCase(Locale.ROOT));
  }

  private static void numbers(String words) {
    String[] names = words.split(" ", -1);
    for (int i = 0; i < names.length; i++) {
      if (!names[i].equals("-")) {
        NAMED.put(names[i], String.valueOf(i));
      }
    }
  }

  private static void symbol(String symbol, String words) {
    for (String word : words.split(" ", -1)) {
      SYMBOLS.put(word, symbol);
    }
  }
}
