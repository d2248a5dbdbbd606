package dev.redoubt.detect;

import dev.redoubt.detect.Fragment.Stand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds pieces of values in a text: words, or characters set apart, of which nothing is left over.
 *
 * <p>A piece begins and ends where a word does and is continued by nothing. So what differs from a
 * value in one character yields no piece around that character.
 */
final class FragmentFinder {
  private static final int MAX_GAP = 16;
  private static final int MOST_OF_ONE_PATTERN = 400;
  private static final int MOST_CHARS = 1 << 18;

  /** Chars at which one piece may end and another begin without a blank. */
  private static final String PARTS =
      "\"'`*()[]{}<>|,;:=\u201C\u201D\u2018\u2019\u00AB\u00BB\u2022";

  private static final boolean[] PARTING = new boolean[0x80];

  static {
    for (char c = 0; c < PARTING.length; c++) {
      PARTING[c] = isParting(c);
    }
  }

  private final SplitPattern.Index index;
  private final List<List<Fragment>> found = new ArrayList<>();
  private final Set<Fragment> seen = new HashSet<>();
  private int chars;

  private int answer;
  private String encoding = "";
  private MappedText view = MappedText.identity("");
  private Skeleton skeleton = Skeleton.of("");
  private Stands stands = new Stands("");
  private boolean[] parts = new boolean[0];

  FragmentFinder(SplitPattern.Index index) {
    this.index = index;
    for (int i = 0; i < index.patterns().size(); i++) {
      found.add(new ArrayList<>(0));
    }
  }

  /** What was found of one order of a value, in the order of the views it was found in. */
  List<Fragment> of(int pattern) {
    return found.get(pattern);
  }

  /** Searches one reading of a text. */
  void search(int answerIndex, String howEncoded, MappedText reading, Stands places) {
    chars += reading.length();
    if (chars > MOST_CHARS) {
      return;
    }
    answer = answerIndex;
    encoding = howEncoded;
    view = reading;
    skeleton = reading.skeleton();
    stands = places;
    parts = parts();
    int n = skeleton.size();
    for (int i = 0; i < n; ) {
      int end = i + 1;
      while (!parted(end)) {
        end++;
      }
      if (end > i + 1) {
        extendWord(i, end - i);
      } else if (parted(i + 2) || standsOut(i)) {
        extendSingle(i);
      }
      i = end;
    }
  }

  /** Before which characters a word may end and another begin. */
  private boolean[] parts() {
    boolean[] before = new boolean[skeleton.size() + 1];
    String text = view.text();
    for (int at = 1; at < skeleton.size(); at++) {
      for (int i = skeleton.end(at - 1); i < skeleton.start(at) && !before[at]; i++) {
        char c = text.charAt(i);
        before[at] = c < 0x80 ? PARTING[c] : isParting(c);
      }
    }
    before[0] = true;
    before[skeleton.size()] = true;
    return before;
  }

  /** Says whether a word may end before a character and another begin with it. */
  private boolean parted(int at) {
    return at >= parts.length || parts[at];
  }

  private boolean standsOut(int at) {
    int start = view.start(skeleton.start(at));
    return stands.of(start, Math.max(start + 1, view.end(skeleton.end(at)))) != Stand.PROSE;
  }

  private static boolean isParting(char c) {
    return Character.isWhitespace(c) || c == FactPattern.BREAK || PARTS.indexOf(c) >= 0;
  }

  /** No piece ends within a word, so that all of it is compared before anything is made. */
  private void extendWord(int first, int length) {
    int[] places = index.pair(skeleton.at(first), skeleton.at(first + 1));
    if (places == null) {
      return;
    }
    for (int place : places) {
      if (holds(index.patterns().get(place >> 8), place & 0xFF, first, length)) {
        extend(first, place);
      }
    }
  }

  private boolean holds(SplitPattern value, int from, int first, int length) {
    if (from + length > value.length()) {
      return false;
    }
    int k = 0;
    while (k < length && value.at(from + k) == skeleton.at(first + k)) {
      k++;
    }
    return k == length;
  }

  private void extendSingle(int first) {
    int[] places = index.single(skeleton.at(first));
    if (places == null) {
      return;
    }
    for (int place : places) {
      extend(first, place);
    }
  }

  private void extend(int first, int place) {
    int pattern = place >> 8;
    int from = place & 0xFF;
    int length = length(index.patterns().get(pattern), first, from);
    if (length > 0) {
      add(pattern, first, from, length);
    }
  }

  /** How many characters of the value stand here as a piece of their own. */
  private int length(SplitPattern pattern, int first, int from) {
    Pieces pieces = new Pieces();
    int good = 0;
    int k = 0;
    while (first + k < skeleton.size()
        && from + k < pattern.length()
        && skeleton.at(first + k) == pattern.at(from + k)
        && (k == 0 || pieces.take(pattern.gap(from + k), gap(first + k), k))) {
      k++;
      if (parted(first + k) && pieces.end(k)) {
        good = k;
      }
    }
    return good > 0 && pieces.spaced() && spelledOn(first, good, pieces.gap()) ? 0 : good;
  }

  /** What stands before a character; a break where it is too far. */
  private String gap(int at) {
    int from = skeleton.end(at - 1);
    int to = skeleton.start(at);
    return to - from > MAX_GAP
        ? String.valueOf(FactPattern.BREAK)
        : Gap.collapse(view.text(), from, to);
  }

  /** Says whether characters that were set apart go on before or after, with others. */
  private boolean spelledOn(int first, int length, String gap) {
    int next = first + length;
    boolean before = first > 0 && parted(first - 1) && gap(first).equals(gap);
    boolean after = next < skeleton.size() && parted(next + 1) && gap(next).equals(gap);
    return before || after;
  }

  private void add(int pattern, int first, int from, int length) {
    List<Fragment> known = found.get(pattern);
    if (known.size() >= MOST_OF_ONE_PATTERN) {
      return;
    }
    SplitPattern value = index.patterns().get(pattern);
    int textFrom = skeleton.start(first);
    int textTo = skeleton.end(first + length - 1);
    int start = Math.min(view.start(textFrom), view.start(textTo - 1));
    int end = Math.max(view.end(textFrom + 1), view.end(textTo));
    Stand stand = stands.of(start, end);
    if (stand == Stand.PROSE && length < Fragment.SHORTEST_IN_PROSE) {
      return;
    }
    String wantBefore = value.gap(from);
    String wantAfter = value.gap(from + length);
    if (otherSeparator(textFrom - 1, wantBefore) || otherSeparator(textTo, wantAfter)) {
      return;
    }
    Fragment fragment =
        new Fragment(
            pattern,
            answer,
            start,
            end,
            encoding,
            from,
            from + length,
            stand,
            stands.label(start),
            beside(textFrom, -1, wantBefore),
            beside(textTo - 1, 1, wantAfter));
    if (seen.add(fragment)) {
      known.add(fragment);
    }
  }

  /** "kx7_" is no piece of "kx7-Wq2". */
  private boolean otherSeparator(int at, String want) {
    if (want.length() != 1 || "-_/+".indexOf(want) < 0 || at < 0 || at >= view.length()) {
      return false;
    }
    char c = view.text().charAt(at);
    return c != want.charAt(0) && "-/+".indexOf(c) >= 0;
  }

  /** Says whether the symbols of a value that carry meaning stand right beside a piece. */
  private boolean beside(int edge, int step, String want) {
    StringBuilder strong = new StringBuilder();
    for (int i = 0; i < want.length(); i++) {
      if (!Gap.isWeak(want.charAt(i))) {
        strong.append(want.charAt(i));
      }
    }
    if (strong.isEmpty()) {
      return true;
    }
    String text = view.text();
    StringBuilder got = new StringBuilder();
    for (int i = edge + step;
        i >= 0 && i < text.length() && got.length() < strong.length();
        i += step) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || c == '\n') {
        return false;
      }
      if (!Gap.isWeak(c)) {
        got.append(c);
      }
    }
    return (step > 0 ? got : got.reverse()).toString().contentEquals(strong);
  }

  /** Follows how the characters of one piece are set apart. */
  private static final class Pieces {
    private String gap = "";
    private boolean single;
    private boolean everyGap = true;
    private int lastCut;

    boolean take(String want, String got, int at) {
      if (got.indexOf(FactPattern.BREAK) >= 0) {
        return false;
      }
      everyGap &= !got.isEmpty();
      if (!want.isEmpty()) {
        return got.equals(want) || (Gap.isWeak(want) ? replaces(want, got) : holds(want, got));
      }
      if (got.isEmpty()) {
        return !single;
      }
      if (!Gap.isWeak(got) || (!gap.isEmpty() && !got.equals(gap))) {
        return false;
      }
      // Blocks: short ones could be any word that begins like the rest of the value.
      if (gap.isEmpty()) {
        single = everyGap;
      }
      gap = got;
      if (!single && at - lastCut < 3) {
        return false;
      }
      lastCut = at;
      return true;
    }

    private boolean replaces(String want, String got) {
      return got.isBlank() || got.strip().equals(want.strip()) || (single && got.equals(gap));
    }

    private boolean holds(String want, String got) {
      return Gap.holdsStrong(want, got, false) && (want.length() == got.strip().length() || single);
    }

    boolean spaced() {
      return single;
    }

    String gap() {
      return gap;
    }

    /** Says whether the value may end after so many characters. */
    boolean end(int length) {
      return gap.isEmpty() || single || length - lastCut >= 3;
    }
  }
}
