package dev.redoubt.detect;

import java.util.Arrays;

/**
 * Cuts a normalised text into segments (sentences, lines) and hashes what stands in each: letters
 * within words, words, pairs and triples of words, punctuation and the beginnings of sentences.
 * Every feature belongs to exactly one segment, that in which it ends, so that any run of segments
 * can be scored from sums. Nothing counts the length, the alphabet or the layout of a text.
 */
final class InjectionFeatures {
  /** Letters of words are hashed in runs of so many. */
  private static final int SHORTEST_RUN = 2;

  private static final int LONGEST_RUN = 5;

  /** A longer run of letters is noise or a script without blanks; it goes on as a new word. */
  private static final int LONGEST_WORD = 24;

  /** A segment without an end is cut here, so that windows stay short. */
  private static final int LONGEST_SEGMENT = 160;

  /** Words that begin alike mean much the same. */
  private static final int STEM = 5;

  /** Two words this near to each other are a pair, whatever stands between them. */
  private static final int REACH = 4;

  private static final int BOUNDARY = 0x2401;
  private static final int PRIME = 0x01000193;

  private int[] hashes = new int[1024];
  private int size;
  private int[] firstFeature = new int[16];
  private int[] firstChar = new int[16];
  private int segments;
  private int length;

  private final char[] word = new char[LONGEST_WORD + 2];
  private int last;
  private int lastButOne;
  private int lastButTwo;

  /** Beginnings of the last words, the newest first. */
  private final int[] stems = new int[REACH];

  private InjectionFeatures() {}

  static InjectionFeatures of(String text) {
    InjectionFeatures features = new InjectionFeatures();
    features.read(text);
    features.hashes = Arrays.copyOf(features.hashes, features.size);
    return features;
  }

  /** How many segments there are; none in a text without a word or a sign. */
  int segments() {
    return segments;
  }

  /** Index of the first char of a segment; that of segment {@link #segments} is the text's end. */
  int start(int segment) {
    return segment >= segments ? length : firstChar[segment];
  }

  /** Index of the first feature of a segment. */
  int first(int segment) {
    return segment >= segments ? size : firstFeature[segment];
  }

  /** The hashed features, in the order of the text. */
  int[] hashes() {
    return hashes;
  }

  private void read(String text) {
    length = text.length();
    begin(0);
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (c == '\n') {
        i = afterLine(text, i);
        end(i);
      } else if (Character.isWhitespace(c)) {
        i++;
      } else {
        i = isWordChar(c) ? word(text, i) : sign(text, i);
        boolean sentence = !isWordChar(c) && endsSentence(text, i);
        if (sentence || i - firstChar[segments - 1] >= LONGEST_SEGMENT) {
          end(i);
          if (sentence) {
            forget();
          }
        }
      }
    }
    if (size == firstFeature[segments - 1]) {
      segments--;
    }
  }

  private int afterLine(String text, int at) {
    int i = at;
    while (i < length && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    forget();
    return i;
  }

  private void forget() {
    lastButTwo = 0;
    lastButOne = 0;
    last = BOUNDARY;
    Arrays.fill(stems, 0);
  }

  private void begin(int at) {
    if (segments == firstFeature.length) {
      firstFeature = Arrays.copyOf(firstFeature, segments * 2);
      firstChar = Arrays.copyOf(firstChar, segments * 2);
    }
    firstFeature[segments] = size;
    firstChar[segments] = at;
    segments++;
    if (segments == 1) {
      forget();
    }
  }

  private void end(int at) {
    if (size > firstFeature[segments - 1]) {
      begin(at);
    } else {
      firstChar[segments - 1] = at;
    }
  }

  private int word(String text, int from) {
    char first = text.charAt(from);
    word[0] = '<';
    int n = 1;
    int i = from;
    if (standsAlone(first)) {
      word[n++] = first;
      i++;
    } else {
      while (i < length && n <= LONGEST_WORD && continuesWord(text, i)) {
        char c = text.charAt(i++);
        word[n++] = c >= '0' && c <= '9' ? '0' : Character.toLowerCase(c);
      }
    }
    word[n++] = '>';
    runs(n);
    token(hash(n), standsAlone(first));
    stem(Math.min(n - 1, STEM + 1));
    return i;
  }

  private boolean continuesWord(String text, int i) {
    char c = text.charAt(i);
    if (isWordChar(c)) {
      return !standsAlone(c);
    }
    return (c == '\'' || c == '-')
        && i + 1 < length
        && isWordChar(text.charAt(i + 1))
        && !standsAlone(text.charAt(i + 1));
  }

  private void runs(int n) {
    for (int from = 0; from < n - 1; from++) {
      int h = 0x811c9dc5;
      for (int k = 1; k <= LONGEST_RUN && from + k <= n; k++) {
        h = (h ^ word[from + k - 1]) * PRIME;
        if (k >= SHORTEST_RUN && k < n) {
          add(h ^ k * 0x9E3779B9);
        }
      }
    }
  }

  /** Pairs of the beginnings of words, which meet the same order in other words. */
  private void stem(int n) {
    int stem = hash(n);
    for (int i = 0; i < REACH; i++) {
      if (stems[i] != 0) {
        add(pair(stems[i] * 5 + 1, stem));
      }
    }
    System.arraycopy(stems, 0, stems, 1, REACH - 1);
    stems[0] = stem;
  }

  private int hash(int n) {
    int h = 0x2545F491;
    for (int i = 0; i < n; i++) {
      h = (h ^ word[i]) * PRIME;
    }
    return h == 0 ? 1 : h;
  }

  /** One sign; a row of the same is read as one. */
  private int sign(String text, int from) {
    char c = text.charAt(from);
    int i = from + 1;
    while (i < length && text.charAt(i) == c) {
      i++;
    }
    int h = (0x3C6EF372 ^ c) * PRIME;
    token(i - from > 1 ? h * 31 + 7 : h, false);
    return i;
  }

  private void token(int hash, boolean single) {
    add(hash);
    if (last != 0) {
      int two = pair(last, hash);
      add(two);
      if (lastButOne != 0) {
        add(pair(lastButOne * 17 + 3, hash));
        int three = pair(pair(lastButOne, last), hash);
        add(three);
        if (single && lastButTwo != 0) {
          add(pair(pair(lastButTwo, lastButOne), pair(last, hash)));
        }
      }
    }
    lastButTwo = lastButOne;
    lastButOne = last;
    last = hash;
  }

  private static int pair(int a, int b) {
    int h = (a ^ 0x85EBCA6B) * 0xC2B2AE35;
    h = (Integer.rotateLeft(h, 13) ^ b) * 0x27D4EB2F;
    return h == 0 ? 1 : h;
  }

  private void add(int hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    // Mixes the high bits down: the index of a weight is taken from the low ones.
    int h = hash ^ hash >>> 15;
    h *= 0x2C1B3C6D;
    h ^= h >>> 12;
    h *= 0x297A2D39;
    hashes[size++] = h ^ h >>> 15;
  }

  private boolean endsSentence(String text, int after) {
    char c = text.charAt(after - 1);
    if (c == '\u3002' || c == '\uFF01' || c == '\uFF1F' || c == '\u0964') {
      return true;
    }
    return (c == '.' || c == '!' || c == '?' || c == ';' || c == '\u061F')
        && (after == length || Character.isWhitespace(text.charAt(after)));
  }

  private static boolean isWordChar(char c) {
    if (c < 0x80) {
      return Ascii.isLetterOrDigit(c);
    }
    if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
      return true;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Scripts that put no blanks between words; there every letter counts as a word. */
  private static boolean standsAlone(char c) {
    return c >= 0x0E00
        && (c <= 0x0EFF
            || (c >= 0x1000 && c <= 0x109F)
            || (c >= 0x1780 && c <= 0x17FF)
            || (c >= 0x3040 && c <= 0x30FF)
            || (c >= 0x3400 && c <= 0x9FFF)
            || (c >= 0xD800 && c <= 0xDFFF)
            || (c >= 0xF900 && c <= 0xFAFF));
  }
}
