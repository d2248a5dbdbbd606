package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One search for planted facts through a text and everything that is encoded in it. */
final class FactSearch {
  private static final int MAX_MATCHES = 64;
  private static final int ROT13 = 13;

  private final List<FactPattern> patterns;
  private final List<FactPattern> symbolic;
  private final PatternAutomaton automaton;
  private final LeetSearch leet;
  private final Shifts shifts;
  private final String answer;
  private long searches;
  private final List<FactMatch> matches = new ArrayList<>();
  private final long[] done;
  private final List<List<FactMatch>> byPattern;

  FactSearch(
      List<FactPattern> patterns,
      List<FactPattern> symbolic,
      PatternAutomaton automaton,
      LeetSearch leet,
      Shifts shifts,
      String answer) {
    this.patterns = patterns;
    this.symbolic = symbolic;
    this.automaton = automaton;
    this.leet = leet;
    this.answer = answer;
    this.done = new long[patterns.size()];
    this.shifts = shifts;
    this.byPattern = new ArrayList<>(patterns.size() + symbolic.size());
    for (int i = 0; i < patterns.size() + symbolic.size(); i++) {
      byPattern.add(null);
    }
  }

  /** Searches, and shows what was searched to somebody else as well. */
  List<FactMatch> run(Unwrapper.Visitor beside) {
    int chars = (int) Math.min(Integer.MAX_VALUE, 1_000_000L + 64L * answer.length());
    DecodeLimits limits = new DecodeLimits(3, Integer.MAX_VALUE, chars);
    Unwrapper.visit(
        answer,
        limits,
        new Unwrapper.Visitor() {
          @Override
          public void text(String encoding, MappedText text, boolean legible) {
            search(encoding, text);
            beside.text(encoding, text, legible);
          }

          @Override
          public boolean wantsNoise(byte[] bytes, int size) {
            return !symbolic.isEmpty()
                || automaton.mayHold(bytes, size)
                || leet.mayHold(bytes, size);
          }
        });
    return List.copyOf(matches);
  }

  private void search(String encoding, MappedText text) {
    Skeleton skeleton = text.skeleton();
    boolean rotated = encoding.contains("rot13");
    search(encoding, text, skeleton, rotated ? ROT13 : 0);
    if (encoding.isEmpty()) {
      shifted(text, skeleton);
      MappedText turned = rot47(text);
      search("rot47", turned, turned.skeleton(), 0);
    }
    if (encoding.isEmpty() || (isByteDecoded(encoding) && encoding.indexOf('+') < 0)) {
      String name = encoding.isEmpty() ? "leet" : encoding + "+leet";
      leet.search(
          text.text(),
          (pattern, from, to) ->
              add(
                  patterns.indexOf(pattern),
                  pattern,
                  name,
                  FactPattern.Verdict.TIGHT,
                  text,
                  from,
                  to));
    }
    for (int i = 0; i < symbolic.size(); i++) {
      literal(encoding, text, i);
    }
  }

  private void shifted(MappedText text, Skeleton skeleton) {
    int some = shifts.in(skeleton);
    for (int shift = 1; shift < 26; shift++) {
      if (shift != ROT13 && (some >> shift & 1) != 0) {
        int by = shift;
        search("caesar-" + (26 - shift), text, skeleton.turned(c -> turn(c, by)), shift);
      }
    }
    if ((some & Shifts.MIRRORED) != 0) {
      search("atbash", text, skeleton.turned(c -> Ascii.isLower(c) ? 'a' + 'z' - c : c), 1);
    }
  }

  /**
   * @param turn how far the alphabet was turned: values with few letters would then be mistaken for
   *     others that differ in those few
   */
  private void search(String encoding, MappedText text, Skeleton skeleton, int turn) {
    searches++;
    long base = searches << 32;
    automaton.search(
        skeleton,
        (word, last) -> {
          FactPattern pattern = patterns.get(word);
          int first = last - pattern.word().length + 1;
          // Up to where this pattern was found in this text already; less than base if not at all.
          if (base + first <= done[word] || !allowed(pattern, turn)) {
            return;
          }
          FactPattern.Verdict verdict = pattern.verify(text.text(), skeleton, first);
          if (verdict != FactPattern.Verdict.NO) {
            done[word] = base + last;
            int from = pattern.start(text.text(), skeleton.start(first));
            int to = pattern.end(text.text(), skeleton.end(last));
            add(word, pattern, encoding, verdict, text, from, to);
          }
        });
  }

  /** ROT13 over all visible ASCII characters. */
  private static MappedText rot47(MappedText text) {
    char[] chars = text.text().toCharArray();
    int i = 0;
    while (i < chars.length) {
      int from = i;
      while (i < chars.length && chars[i] > ' ') {
        i++;
      }
      int to = i;
      // Quotes around a word would become digits.
      while (to - from > 2 && chars[from] == chars[to - 1] && "`\"'*".indexOf(chars[from]) >= 0) {
        from++;
        to--;
      }
      for (int k = from; k < to; k++) {
        chars[k] = chars[k] < 0x7F ? (char) (33 + (chars[k] - 33 + 47) % 94) : chars[k];
      }
      i++;
    }
    return text.withChars(chars);
  }

  private static int turn(int c, int by) {
    return Ascii.isLower(c) ? 'a' + (c - 'a' + by) % 26 : c;
  }

  private static boolean allowed(FactPattern pattern, int turn) {
    return turn == 0 || (turn == ROT13 ? pattern.survivesRot13() : pattern.survivesAnyShift());
  }

  private void literal(String encoding, MappedText text, int index) {
    FactPattern pattern = symbolic.get(index);
    int at = text.text().indexOf(pattern.plain());
    while (at >= 0) {
      int end = at + pattern.plain().length();
      FactPattern.Verdict tight = FactPattern.Verdict.TIGHT;
      add(patterns.size() + index, pattern, encoding, tight, text, at, end);
      at = text.text().indexOf(pattern.plain(), end);
    }
  }

  private void add(
      int index,
      FactPattern pattern,
      String encoding,
      FactPattern.Verdict verdict,
      MappedText text,
      int from,
      int to) {
    List<FactMatch> known = byPattern.get(index);
    if (known == null) {
      known = new ArrayList<>(2);
      byPattern.set(index, known);
    }
    int start = Math.min(text.start(from), text.start(to - 1));
    int end = Math.max(text.end(from + 1), text.end(to));
    if (known.size() >= MAX_MATCHES
        || known.stream().anyMatch(m -> start < m.end() && m.start() < end)) {
      return;
    }
    if (isByteDecoded(encoding) && !BlockEdges.hold(answer, text, from, to)) {
      return;
    }
    String disguise = disguise(pattern, encoding, verdict, start, end);
    FactMatch match = new FactMatch(pattern.fact(), disguise, start, end);
    known.add(match);
    matches.add(match);
  }

  private static boolean isByteDecoded(String encoding) {
    // The way back from a reversed text runs the other way; words beside its blocks are noise.
    return !encoding.contains("reversed") && RadixDecoder.isLastOf(encoding);
  }

  private String disguise(
      FactPattern pattern, String encoding, FactPattern.Verdict verdict, int start, int end) {
    if (!encoding.isEmpty()) {
      return encoding;
    }
    if (verdict == FactPattern.Verdict.SPACED) {
      return "spaced";
    }
    String seen = answer.substring(start, end);
    String value = pattern.fact().value();
    if (value.contains(seen)) {
      return "exact";
    }
    return value.toLowerCase(Locale.ROOT).contains(seen.toLowerCase(Locale.ROOT))
        ? "case"
        : "disguised";
  }
}
