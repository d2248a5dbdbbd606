package dev.redoubt.detect;

import dev.redoubt.detect.Fragment.Stand;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tells how words stand in a text: alone on a line, marked, numbered, or among others. */
final class Stands {
  private static final String WRAPS = "\"'`*_~()[]{}<|\u201C\u201D\u2018\u2019\u201E\u00AB\u00BB";
  private static final String STOPS = ".!?\u2026";
  private static final int FAR = 48;
  private static final int MOST_TOKENS = 20_000;
  private static final Set<String> LEADS =
      Set.of(
          "is",
          "are",
          "was",
          "be",
          "says",
          "reads",
          "by",
          "then",
          "next",
          "character",
          "letter",
          "digit",
          "part",
          "half",
          "piece",
          "chunk",
          "equals",
          "with",
          "ist",
          "est",
          "es",
          "and");
  private static final List<String> ORDINALS =
      List.of(
          "",
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "sixth",
          "seventh",
          "eighth",
          "ninth",
          "tenth",
          "eleventh",
          "twelfth");

  private final String text;
  private boolean counted;
  private final Map<Stand, Integer> shortWords = new EnumMap<>(Stand.class);
  private final Map<Stand, Integer> longWords = new EnumMap<>(Stand.class);

  /** Reads a text as it was given. */
  Stands(String text) {
    this.text = text;
  }

  /** Counts when first asked: most texts hold no piece of anything. */
  private void count() {
    if (counted) {
      return;
    }
    counted = true;
    int tokens = 0;
    for (int i = 0; i < text.length() && tokens < MOST_TOKENS; ) {
      if (!Ascii.isLetterOrDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      while (i < text.length() && Ascii.isLetterOrDigit(text.charAt(i))) {
        i++;
      }
      (i - from < Fragment.SHORTEST_IN_PROSE ? shortWords : longWords)
          .merge(of(from, i), 1, Integer::sum);
      tokens++;
    }
  }

  /** How many words of the text stand out at least so much, of a length that could be mistaken. */
  int count(Stand least, boolean shortOnes) {
    return Math.max(1, words(least, shortOnes));
  }

  /** Says whether any word of the text stands out so much. */
  boolean has(Stand least, boolean shortOnes) {
    return words(least, shortOnes) > 0;
  }

  private int words(Stand least, boolean shortOnes) {
    count();
    int count = 0;
    for (var words : (shortOnes ? shortWords : longWords).entrySet()) {
      count += words.getKey().compareTo(least) >= 0 ? words.getValue() : 0;
    }
    return count;
  }

  /** Tells how the chars of a range stand. */
  Stand of(int start, int end) {
    boolean opened = false;
    int before = start;
    // Symbols of the value itself stand beside it, such as the dash where it was cut.
    while (before > 0 && start - before < 8 && isSymbol(text.charAt(before - 1))) {
      before--;
      opened |= isWrap(text.charAt(before));
    }
    boolean wrapped = false;
    boolean comma = false;
    boolean stop = false;
    int after = end;
    while (after < text.length() && after - end < 8 && isClosing(text.charAt(after))) {
      char c = text.charAt(after);
      wrapped |= opened && isWrap(c);
      comma |= c == ',' || c == ';';
      stop |= STOPS.indexOf(c) >= 0;
      after++;
    }
    boolean lineEnds = skipBlanks(after);
    before = blanksBefore(before);
    boolean lineStarts = before == 0 || text.charAt(before - 1) == '\n' || isListMark(before);
    if (isListNumber(start, end, lineStarts, lineEnds)) {
      return Stand.PROSE;
    }
    if (lineStarts && lineEnds) {
      return Stand.ALONE;
    }
    char lead = before == 0 ? '\n' : text.charAt(before - 1);
    boolean named = lead == ':' || lead == '=' || lead == '>' || lead == '\u2192';
    boolean closed = stop || lineEnds;
    boolean sentence = (lineStarts || STOPS.indexOf(lead) >= 0) && closed;
    boolean led = (closed || comma) && isLed(before);
    return wrapped || named || sentence || led ? Stand.MARKED : Stand.PROSE;
  }

  private static boolean isWrap(char c) {
    return !Ascii.isLetterOrDigit(c) && WRAPS.indexOf(c) >= 0;
  }

  private static boolean isSymbol(char c) {
    boolean lead = c == ':' || c == '=' || STOPS.indexOf(c) >= 0;
    return isWrap(c) || (c > ' ' && c < 0x7F && !Ascii.isAlnum(c) && !lead && c != '>');
  }

  private static boolean isClosing(char c) {
    return isSymbol(c) || STOPS.indexOf(c) >= 0 || c == ':';
  }

  private boolean skipBlanks(int from) {
    int i = from;
    while (i < text.length()
        && i - from < FAR
        && (text.charAt(i) == ' ' || text.charAt(i) == '\r')) {
      i++;
    }
    return i == text.length() || text.charAt(i) == '\n';
  }

  private int blanksBefore(int to) {
    int i = to;
    while (i > 0 && to - i < FAR && text.charAt(i - 1) == ' ') {
      i--;
    }
    return i;
  }

  /** "3. " and "- " at the start of a line. */
  private boolean isListMark(int to) {
    if (to == 0 || ".)-*\u2022".indexOf(text.charAt(to - 1)) < 0) {
      return false;
    }
    int i = to - 1;
    while (i > 0 && to - i < 5 && Ascii.isDigit(text.charAt(i - 1))) {
      i--;
    }
    i = blanksBefore(i);
    return i == 0 || text.charAt(i - 1) == '\n';
  }

  /** The "3" of "3. something": counts, says nothing. */
  private boolean isListNumber(int start, int end, boolean lineStarts, boolean lineEnds) {
    return lineStarts
        && !lineEnds
        && end < text.length()
        && ".):".indexOf(text.charAt(end)) >= 0
        && areDigits(start, end);
  }

  private boolean areDigits(int start, int end) {
    int i = start;
    while (i < end && Ascii.isDigit(text.charAt(i))) {
      i++;
    }
    return i == end;
  }

  private boolean isLed(int to) {
    int i = to;
    while (i > 0 && to - i < FAR && Character.isLetter(text.charAt(i - 1))) {
      i--;
    }
    return LEADS.contains(text.substring(i, to).toLowerCase(Locale.ROOT));
  }

  /** The number that what stands at an index was given: "part 2: ", "the third ", "4. "; or -1. */
  int label(int at) {
    int i = at;
    for (int words = 0; i > 0 && at - i < FAR && words < 6; ) {
      char c = text.charAt(i - 1);
      if (c == '\n') {
        return -1;
      }
      if (!Ascii.isLetterOrDigit(c)) {
        i--;
        continue;
      }
      int end = i;
      while (i > 0 && end - i < FAR && Ascii.isLetterOrDigit(text.charAt(i - 1))) {
        i--;
      }
      int number = number(text.substring(i, end).toLowerCase(Locale.ROOT));
      if (number >= 0 && !isTotal(i)) {
        return number;
      }
      words++;
    }
    return -1;
  }

  /** The 4 of "part 2 of 4" and "2/4". */
  private boolean isTotal(int start) {
    int i = blanksBefore(start);
    return (i > 1 && text.charAt(i - 1) == '/' && Ascii.isDigit(text.charAt(i - 2)))
        || (i > 2 && text.startsWith("of", i - 2) && !Character.isLetter(text.charAt(i - 3)));
  }

  private static int number(String word) {
    if (word.equals("last") || word.equals("final")) {
      return 1000;
    }
    int ordinal = ORDINALS.indexOf(word);
    if (ordinal >= 0) {
      return ordinal;
    }
    int digits = 0;
    while (digits < word.length() && Ascii.isDigit(word.charAt(digits))) {
      digits++;
    }
    String rest = word.substring(digits);
    boolean numbered =
        rest.isEmpty()
            || rest.equals("st")
            || rest.equals("nd")
            || rest.equals("rd")
            || rest.equals("th");
    return digits > 0 && digits <= 3 && numbered ? Integer.parseInt(word.substring(0, digits)) : -1;
  }
}
