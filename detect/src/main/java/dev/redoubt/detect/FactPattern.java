package dev.redoubt.detect;

import dev.redoubt.core.PlantedFact;
import java.util.ArrayList;
import java.util.List;

/**
 * A planted value, taken apart into its letters and digits and what stands between them, and the
 * decision whether a place in a text that has the same letters and digits holds the whole value.
 *
 * <p>Errs on the side of "no" wherever a part of the value and an ordinary word after it could make
 * up the whole by chance.
 */
final class FactPattern {
  /** Stands between pieces of a decoded text that were apart in the original. */
  static final char BREAK = '\uE000';

  /** Longest run of other chars between two characters of a value that was set apart. */
  private static final int MAX_GAP = 16;

  /** What a place in a text turned out to hold. */
  enum Verdict {
    NO,
    TIGHT,
    SPACED
  }

  private enum Form {
    NAME,
    EMAIL,
    OTHER
  }

  private final PlantedFact fact;
  private final String plain;
  private final int[] word;
  private final List<String> gaps;
  private final Form form;
  private final int letters;
  private final long distinctLetters;

  FactPattern(PlantedFact fact) {
    this.fact = fact;
    this.plain = Normaliser.normalise(fact.value()).text();
    Skeleton skeleton = Skeleton.of(plain);
    this.word = skeleton.toArray();
    this.gaps = gaps(plain, skeleton);
    this.form = form(fact, plain);
    this.letters = (int) java.util.Arrays.stream(word).filter(Character::isLetter).count();
    this.distinctLetters =
        java.util.Arrays.stream(word).filter(Character::isLetter).distinct().count();
  }

  static List<String> gaps(String plain, Skeleton skeleton) {
    List<String> result = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < skeleton.size(); i++) {
      result.add(Gap.collapse(plain, from, skeleton.start(i)));
      from = skeleton.end(i);
    }
    result.add(Gap.collapse(plain, from, plain.length()));
    return List.copyOf(result);
  }

  private static Form form(PlantedFact fact, String plain) {
    if (ValueForms.isEmail(plain)) {
      return Form.EMAIL;
    }
    // A secret is no person, so "Amber Falcon" as a passphrase is looked for in every disguise.
    boolean person = fact.kind() != PlantedFact.Kind.SECRET && ValueForms.isPersonName(plain);
    return person ? Form.NAME : Form.OTHER;
  }

  PlantedFact fact() {
    return fact;
  }

  /** The value without disguise, case kept. */
  String plain() {
    return plain;
  }

  /** Its letters and digits, folded. */
  int[] word() {
    return word;
  }

  boolean isName() {
    return form == Form.NAME;
  }

  boolean isEmail() {
    return form == Form.EMAIL;
  }

  /** Where the value begins when its letters and digits begin at an index. */
  int start(String text, int from) {
    String before = gaps.get(0);
    return text.startsWith(before, from - before.length()) ? from - before.length() : from;
  }

  /** Where the value ends when its letters and digits end at an index. */
  int end(String text, int to) {
    String after = gaps.get(word.length);
    return text.startsWith(after, to) ? to + after.length() : to;
  }

  /** Too few letters and digits to look for them alone. */
  boolean isSymbolic() {
    return word.length < 4;
  }

  /** Turning every letter must change at least two, or one changed letter would look turned. */
  boolean survivesRot13() {
    return letters >= 2;
  }

  boolean survivesAnyShift() {
    return letters >= 5 && distinctLetters >= 4;
  }

  /** Decides on the place where the letters and digits of the value stand. */
  Verdict verify(String text, Skeleton skeleton, int first) {
    int n = word.length;
    int from = skeleton.start(first);
    int to = skeleton.end(first + n - 1);
    if (!neighboursHold(text, from, to)) {
      return Verdict.NO;
    }
    List<String> found = new ArrayList<>(n);
    boolean tight = true;
    boolean everyGapFilled = true;
    int inserted = 0;
    for (int i = 1; i < n; i++) {
      int gapFrom = skeleton.end(first + i - 1);
      int gapTo = skeleton.start(first + i);
      if (gapTo - gapFrom > MAX_GAP) {
        return Verdict.NO;
      }
      String got = Gap.collapse(text, gapFrom, gapTo);
      if (got.indexOf(BREAK) >= 0) {
        return Verdict.NO;
      }
      found.add(got);
      String want = gaps.get(i);
      tight &= got.equals(want);
      if (want.isEmpty()) {
        everyGapFilled &= !got.isEmpty();
        inserted += got.isEmpty() ? 0 : 1;
      } else {
        everyGapFilled &= !got.isEmpty() && Gap.holdsStrong(want, got, form == Form.EMAIL);
      }
    }
    if (tight && edgesHold(text, from, to, false)) {
      return Verdict.TIGHT;
    }
    if (!edgesHold(text, from, to, true) || touchesWord(text, from, to)) {
      return Verdict.NO;
    }
    boolean spaced =
        (everyGapFilled && inserted >= 3)
            ? uniformAtEdges(found)
            : inPieces(found, inserted, text, to);
    return spaced ? Verdict.SPACED : Verdict.NO;
  }

  /** Symbols at the edges belong to the value. */
  private boolean edgesHold(String text, int from, int to, boolean loose) {
    return Gap.endsWith(text, from, gaps.get(0), loose)
        && Gap.startsWith(text, to, gaps.get(word.length), loose);
  }

  /** What stands beside the value must not go on with it. */
  private boolean neighboursHold(String text, int from, int to) {
    if (gaps.get(0).isEmpty() && joins(text, from, -1, word[0])) {
      return false;
    }
    if (gaps.get(word.length).isEmpty() && joins(text, to - 1, 1, word[word.length - 1])) {
      return false;
    }
    return form != Form.EMAIL || ValueForms.emailStandsAlone(text, from, to);
  }

  private boolean joins(String text, int at, int step, int edge) {
    int next = at + step;
    if (next < 0 || next >= text.length()) {
      return false;
    }
    char neighbour = text.charAt(next);
    if (form == Form.OTHER) {
      // Another digit makes another number; another letter leaves a credential what it is.
      return Character.isDigit(edge) && Character.isDigit(neighbour);
    }
    return Character.isLetterOrDigit(neighbour);
  }

  private static boolean touchesWord(String text, int from, int to) {
    return (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1)))
        || (to < text.length() && Character.isLetterOrDigit(text.charAt(to)));
  }

  /**
   * Character by character: what sets the first and the last apart must also set others apart, or a
   * value without its last character would be completed by the word "a" after it.
   */
  private boolean uniformAtEdges(List<String> found) {
    return repeats(found, 0) && repeats(found, found.size() - 1);
  }

  private boolean repeats(List<String> found, int index) {
    if (!gaps.get(index + 1).isEmpty()) {
      return true;
    }
    String gap = found.get(index);
    int count = 0;
    for (String other : found) {
      count += other.equals(gap) ? 1 : 0;
    }
    return count > 1;
  }

  /** In pieces: words, blocks of four, parts of a concatenation, or without its own dashes. */
  private boolean inPieces(List<String> found, int inserted, String text, int to) {
    return switch (form) {
      case OTHER -> GroupedValue.holds(word, gaps, found);
      case EMAIL -> inserted == 0 && spacedAroundAt(found);
      case NAME -> inserted == 0 && joinedName(found) && !text.startsWith("@", to);
    };
  }

  /** "Maria+Lopez" and "maria_lopez", as names stand in URLs; before an "@" it is an address. */
  private boolean joinedName(List<String> found) {
    for (int i = 0; i < found.size(); i++) {
      String want = gaps.get(i + 1);
      String got = found.get(i);
      boolean joint = want.equals(" ") && (got.equals("+") || got.equals("_") || got.equals("-"));
      if (!joint && !got.equals(want)) {
        return false;
      }
    }
    return true;
  }

  private boolean spacedAroundAt(List<String> found) {
    for (int i = 0; i < found.size(); i++) {
      String want = gaps.get(i + 1);
      String got = found.get(i);
      if (!got.equals(want) && !(want.equals("@") && got.strip().equals("@"))) {
        return false;
      }
    }
    return true;
  }
}
