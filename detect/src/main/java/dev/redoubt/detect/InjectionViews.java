package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The ways in which a text may be meant to be read: as it stands, without disguise, and whatever is
 * decoded from it. A text that was turned over as a whole is kept only where the result reads more
 * like words than what was given; so an ordinary text has one view.
 */
final class InjectionViews {
  private static final int MOST = 24;
  private static final int SPARE = 4_096;
  private static final int SHORTEST = 8;

  /** Common enough that a sentence of any length holds some, short enough to be told by chance. */
  private static final Set<String> COMMON =
      Set.of(
          "the", "to", "of", "and", "you", "your", "a", "is", "in", "that", "me", "my", "for",
          "what", "are", "with", "this", "it", "on", "be", "not", "do", "from", "have", "all", "i",
          "how", "can", "as", "or", "an", "will", "if", "no", "now", "at", "by", "was", "then",
          "any", "tell", "write", "about", "we", "must", "give", "show");

  private static final double LEAST_SHARE = 0.18;

  /**
   * One way to read a text.
   *
   * @param encoding what was undone, empty for the text itself
   */
  record View(String encoding, MappedText text) {}

  private InjectionViews() {}

  static List<View> of(String text) {
    List<View> views = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    MappedText plain = Normaliser.normalise(MappedText.identity(text));
    views.add(new View("", plain));
    seen.add(plain.text());
    double readable = share(plain.text());
    turned(plain, readable, views, seen);
    if (InjectionGate.mayHoldEncoded(plain.text(), text.length())) {
      decoded(text, readable, views, seen);
    }
    return views;
  }

  private static void decoded(String text, double readable, List<View> views, Set<String> seen) {
    DecodeLimits limits = new DecodeLimits(3, MOST, text.length() * 4 + SPARE);
    Unwrapper.visit(
        text,
        limits,
        new Unwrapper.Visitor() {
          @Override
          public void text(String encoding, MappedText view, boolean legible) {
            if (legible
                && views.size() < MOST
                && view.length() >= SHORTEST
                && accepts(encoding, view.text(), text.length(), readable)
                && seen.add(view.text())) {
              views.add(new View(encoding, view));
            }
          }

          @Override
          public boolean wantsNoise(byte[] bytes, int size) {
            return false;
          }
        });
  }

  private static boolean accepts(String encoding, String view, int length, double readable) {
    if (encoding.isEmpty() || encoding.contains("acrostic")) {
      return false;
    }
    if (encoding.contains("rot13") || encoding.contains("reversed")) {
      return reads(view, readable);
    }
    // Hardly anything was spelled out in a text that stays as long.
    return !encoding.endsWith("spelled") || view.length() < length * 3 / 4;
  }

  /** Disguises of a whole text that no decoder undoes. */
  private static void turned(MappedText view, double readable, List<View> views, Set<String> seen) {
    MappedText leet = InjectionTurns.leet(view);
    if (leet != null && seen.add(leet.text())) {
      views.add(new View("leetspeak", leet));
    }
    MappedText joined = InjectionTurns.joined(view);
    if (joined != null && seen.add(joined.text())) {
      views.add(new View("spaced", joined));
    }
    if (readable >= LEAST_SHARE) {
      return;
    }
    MappedText backwards = view.reversed();
    if (reads(backwards.text(), readable) && seen.add(backwards.text())) {
      views.add(new View("reversed", backwards));
    }
    MappedText words = InjectionTurns.wordsReversed(view);
    if (reads(words.text(), readable) && seen.add(words.text())) {
      views.add(new View("words-reversed", words));
    }
    for (int shift = 1; shift < 26; shift++) {
      String head = InjectionTurns.shifted(view.text(), shift, 400);
      if (reads(head, readable)) {
        char[] all = InjectionTurns.shifted(view.text(), shift, view.length()).toCharArray();
        MappedText shifted = view.withChars(all);
        if (seen.add(shifted.text())) {
          views.add(new View(shift == 13 ? "rot13" : "caesar", shifted));
        }
        return;
      }
    }
  }

  private static boolean reads(String text, double than) {
    double share = share(text);
    return share >= LEAST_SHARE && share > than;
  }

  /** The share of the first words that are very common ones. */
  private static double share(String text) {
    int words = 0;
    int common = 0;
    int i = 0;
    int end = Math.min(text.length(), 600);
    while (i < end) {
      if (!Ascii.isLetter(text.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      while (i < end && Ascii.isLetter(text.charAt(i))) {
        i++;
      }
      words++;
      if (i - from <= 5 && COMMON.contains(text.substring(from, i).toLowerCase(Locale.ROOT))) {
        common++;
      }
    }
    return words < 3 ? 0 : (double) common / words;
  }
}
