package dev.redoubt.detect;

import java.text.Normalizer;

/**
 * Takes the disguises off a text, so that it reads as it looks.
 *
 * <p>Compatibility forms become plain ones (Unicode NFKC), invisible chars go (zero-width, bidi
 * controls, tags, variation selectors, fillers), letters of other scripts that look like Latin ones
 * become those, and so do the many dashes, quotes and blanks. Upper and lower case, accents, line
 * breaks and everything else stay. A lone surrogate becomes U+FFFD.
 */
public final class Normaliser {
  /** Longest run of combining marks that is normalised as one: ordering them is quadratic. */
  private static final int MAX_CLUSTER = 32;

  private Normaliser() {}

  /**
   * Normalises a text.
   *
   * @param text any chars
   * @return the normalised text with its way back to the original
   */
  public static NormalisedText normalise(String text) {
    return new NormalisedText(normalise(MappedText.identity(text)));
  }

  static MappedText normalise(MappedText source) {
    String text = source.text();
    if (isPlain(text)) {
      return source;
    }
    MappedText.Builder out = source.derive();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7F && (i + 1 == text.length() || text.charAt(i + 1) < 0x80)) {
        out.add(c, i, i + 1);
        i++;
        continue;
      }
      i = cluster(text, i, out);
    }
    return out.build();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c < 0x20 && Invisible.is(c))) {
        return false;
      }
    }
    return true;
  }

  /** Normalises one base character with the marks after it; returns the index after them. */
  private static int cluster(String text, int from, MappedText.Builder out) {
    int first = text.codePointAt(from);
    int end = from + Character.charCount(first);
    if (Invisible.is(first)) {
      return end;
    }
    if (first >= 0xD800 && first <= 0xDFFF) {
      out.add('\uFFFD', from, end);
      return end;
    }
    StringBuilder cluster = new StringBuilder(4).appendCodePoint(first);
    int last = end;
    for (int n = 0; n < MAX_CLUSTER && end < text.length(); n++) {
      int next = text.codePointAt(end);
      if (Invisible.is(next)) {
        // Skipped inside a cluster too: a joiner between a letter and its accent hides neither.
        end += Character.charCount(next);
        continue;
      }
      if (!continues(next)) {
        break;
      }
      cluster.appendCodePoint(next);
      end += Character.charCount(next);
      last = end;
    }
    String plain = Normalizer.normalize(cluster, Normalizer.Form.NFKC);
    for (int i = 0; i < plain.length(); ) {
      int cp = plain.codePointAt(i);
      i += Character.charCount(cp);
      String folded = Homoglyphs.fold(cp);
      out.add(folded == null ? Character.toString(cp) : folded, from, last);
    }
    return last;
  }

  private static boolean continues(int cp) {
    int type = Character.getType(cp);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (cp >= 0x1161 && cp <= 0x11FF);
  }
}
