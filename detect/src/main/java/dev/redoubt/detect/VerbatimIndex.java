package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says from which documents a text repeats a passage word for word.
 *
 * <p>Compared are normalised texts: case, kind and number of blanks, markdown emphasis and
 * typographic quotes make no difference. A passage that stands in several documents tells of none
 * of them; neither does one that stands in an exclusion text.
 */
public final class VerbatimIndex {
  /** Shorter passages turn up by chance. */
  private static final int MIN_SPAN = 16;

  private final List<String> ids;
  private final List<String> texts;
  private final int span;
  private final WindowTable windows;
  private final int size;

  private VerbatimIndex(
      List<String> ids, List<String> texts, int span, WindowTable windows, int size) {
    this.ids = ids;
    this.texts = texts;
    this.span = span;
    this.windows = windows;
    this.size = size;
  }

  /**
   * Indexes documents.
   *
   * @param documents text by id; one shorter than {@code span} can't be seen
   * @param span fewest chars of a passage, at least 16
   */
  public static VerbatimIndex of(Map<String, String> documents, int span) {
    return of(documents, span, "");
  }

  /**
   * Indexes documents; takes about 20 bytes of memory for each of their chars.
   *
   * @param documents text by id; one shorter than {@code span} can't be seen
   * @param span fewest chars of a passage, at least 16
   * @param exclusion passages that tell of no document, such as the system prompt
   */
  public static VerbatimIndex of(Map<String, String> documents, int span, String exclusion) {
    if (span < MIN_SPAN) {
      throw new IllegalArgumentException("span " + span + " is below " + MIN_SPAN);
    }
    List<String> ids = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int expected = 0;
    for (Map.Entry<String, String> document : documents.entrySet()) {
      ids.add(document.getKey());
      String text = canonical(document.getValue());
      texts.add(text);
      expected = Math.min(1 << 28, expected + Math.max(0, text.length() - span + 1));
    }
    WindowTable windows = new WindowTable(expected);
    RollingHash.each(
        canonical(exclusion), span, (at, hash) -> windows.put(hash, WindowTable.SHARED, at));
    for (int i = 0; i < texts.size(); i++) {
      int document = i;
      RollingHash.each(
          texts.get(i),
          span,
          (at, hash) -> {
            int slot = windows.find(hash);
            if (slot < 0) {
              windows.put(hash, document, at);
            } else if (windows.owner(slot) != document) {
              windows.share(slot);
            }
          });
    }
    return new VerbatimIndex(ids, texts, span, windows, visible(texts, span, windows));
  }

  private static int visible(List<String> texts, int span, WindowTable windows) {
    BitSet seen = new BitSet();
    for (int i = 0; i < texts.size(); i++) {
      int document = i;
      RollingHash.each(
          texts.get(i),
          span,
          (at, hash) -> {
            int slot = windows.find(hash);
            if (slot >= 0 && windows.owner(slot) == document) {
              seen.set(document);
            }
          });
    }
    return seen.cardinality();
  }

  /** How many documents can be seen: those with a passage of the span that only they hold. */
  public int size() {
    return size;
  }

  /**
   * Finds the documents that a text repeats.
   *
   * @return ids in the order of the text
   */
  public Set<String> seenIn(String answer) {
    return seenIn(answer, "");
  }

  /**
   * Finds the documents that a text repeats.
   *
   * @param answer any chars
   * @param ownText what the asker said: a passage that stands in it is no leak
   * @return ids in the order of the text
   */
  public Set<String> seenIn(String answer, String ownText) {
    String text = canonical(answer);
    if (text.length() < span) {
      return Set.of();
    }
    String own = canonical(ownText);
    WindowTable known = new WindowTable(Math.max(0, own.length() - span + 1));
    RollingHash.each(own, span, (at, hash) -> known.put(hash, WindowTable.SHARED, at));
    Set<String> seen = new LinkedHashSet<>();
    RollingHash.each(
        text,
        span,
        (at, hash) -> {
          int slot = windows.find(hash);
          if (slot < 0 || windows.owner(slot) == WindowTable.SHARED || known.find(hash) >= 0) {
            return;
          }
          int document = windows.owner(slot);
          if (texts.get(document).regionMatches(windows.position(slot), text, at, span)) {
            seen.add(ids.get(document));
          }
        });
    return Collections.unmodifiableSet(seen);
  }

  /** Lower case, one blank where there were some, no markdown emphasis. */
  private static String canonical(String text) {
    String plain = Normaliser.normalise(text).text();
    StringBuilder out = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (Character.isWhitespace(c)) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
      } else if (c != '*' && c != '_' && c != '`' && c != '~') {
        out.append(Character.toLowerCase(c));
      }
    }
    if (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
      out.setLength(out.length() - 1);
    }
    return out.toString();
  }
}
