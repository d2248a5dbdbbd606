package dev.redoubt.guard.engine.internal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;

/** Tells e-mail addresses that are spoken from sentences that say "at" and "dot". */
final class SpokenAddress {
  private static final int FEWEST_SPELLED = 3;
  private static final Set<String> SIGNS =
      Set.of("at", "dot", "point", "period", "punkt", "punto", "arroba", "dash", "underscore");

  /** What stands before or after an "at" of a sentence. */
  private static final Set<String> ORDINARY =
      Set.of(
          ("a an the one this that these those any each every some my your our his her its their all no"
                  + " least first last most once noon night home work school look looks looked looking stare"
                  + " stared glance glanced point pointed meet met call is was are were be been am good bad here"
                  + " there us me him them you it i we they he she arrive arrived stay stayed start end laugh")
              .split(" ", -1));

  /** Ends of addresses that are words as well: they count where the clause ends after them. */
  private static final Set<String> WORDS =
      Set.of(
          "in", "it", "is", "at", "as", "so", "to", "my", "me", "be", "by", "do", "no", "us", "am",
          "name", "live", "mail", "store", "shop", "online", "test", "site", "club", "blog", "pro");

  private SpokenAddress() {}

  /** A text whose single characters were put together, and where each came from. */
  static final class Joined {
    private final String text;
    private final int[] places;

    private Joined(String text, int[] places) {
      this.text = text;
      this.places = places;
    }

    String text() {
      return text;
    }

    int at(int index) {
      return places[index];
    }
  }

  /** "m a r i@e x a m p l e.o r g" in one piece. */
  static Joined join(String text) {
    var out = new StringBuilder(text.length());
    int[] places = new int[text.length()];
    for (int i = 0; i < text.length(); i++) {
      boolean between =
          text.charAt(i) == ' ' && isSingle(text, i - 1, -1) && isSingle(text, i + 1, 1);
      if (!between) {
        places[out.length()] = i;
        out.append(text.charAt(i));
      }
    }
    return new Joined(out.toString(), places);
  }

  private static boolean isSingle(String text, int at, int step) {
    int next = at + step;
    return at >= 0
        && at < text.length()
        && Character.isLetterOrDigit(text.charAt(at))
        && (next < 0 || next >= text.length() || !Character.isLetterOrDigit(text.charAt(next)));
  }

  /** Says whether "ana at example dot org" is an address where it stands. */
  static boolean isSaid(String text, MatchResult match, String address) {
    int sign = address.lastIndexOf('@');
    String local = address.substring(0, sign).toLowerCase(Locale.ROOT);
    String domain = address.substring(sign + 1).toLowerCase(Locale.ROOT);
    String label = domain.substring(0, domain.indexOf('.'));
    String end = domain.substring(domain.lastIndexOf('.') + 1);
    boolean ordinary = ORDINARY.contains(local) || ORDINARY.contains(label) || label.length() < 2;
    return !ordinary && (!WORDS.contains(end) || endsClause(text, match.end()));
  }

  private static boolean endsClause(String text, int at) {
    return at >= text.length()
        || !Character.isWhitespace(text.charAt(at))
        || (at + 1 < text.length() && !Character.isLetterOrDigit(text.charAt(at + 1)));
  }

  /**
   * Says whether an address was spelled: three of its characters stand for themselves or behind
   * words that are not in it, and no sentence ends among them.
   */
  static boolean isSpelled(String text, int start, int end, String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    int spelled = 0;
    String[] words = text.substring(start, end).split("[^\\p{L}\\p{N}.!?]+", 1_000);
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      String bare = word.replaceAll("[.!?]", "").toLowerCase(Locale.ROOT);
      boolean stops = !word.isEmpty() && ".!?".indexOf(word.charAt(word.length() - 1)) >= 0;
      if (stops && bare.length() > 1 && i + 1 < words.length) {
        return false;
      }
      boolean stands = bare.length() == 1 || (bare.length() > 1 && !lower.contains(bare));
      spelled += stands && !SIGNS.contains(bare) ? 1 : 0;
    }
    return spelled >= FEWEST_SPELLED && address.indexOf('@') >= 2;
  }
}
