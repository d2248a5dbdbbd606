package dev.redoubt.detect;

import dev.redoubt.core.PlantedFact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Fuzz target for everything in this module that reads foreign text. Runs under Jazzer's standalone
 * driver; {@link RobustnessTest} drives it with seeded inputs in every build.
 */
public final class DetectFuzz {
  private static final PlantedFact FACT =
      new PlantedFact("SECRET", "QuartzHollow-77x!", PlantedFact.Kind.SECRET, null);
  private static final FactMatcher MATCHER =
      FactMatcher.of(
          List.of(
              FACT,
              new PlantedFact("MAIL", "maria.lopez@example.com", PlantedFact.Kind.PERSONAL, null),
              new PlantedFact("SYMBOLS", "!!##$$%%&&((7", PlantedFact.Kind.SECRET, null),
              new PlantedFact("NAME", "Maria Lopez-Garcia", PlantedFact.Kind.PERSONAL, null)));
  private static final VerbatimIndex INDEX =
      VerbatimIndex.of(Map.of("a", "the quick brown fox jumps over the lazy dog again"), 20);

  private DetectFuzz() {}

  /** Reads the bytes as UTF-16 or as UTF-8, by their first bit. */
  public static void fuzzerTestOneInput(byte[] data) {
    boolean wide = data.length > 0 && (data[0] & 1) == 1;
    check(new String(data, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8));
    StringBuilder raw = new StringBuilder();
    for (int i = 0; i + 1 < data.length; i += 2) {
      raw.append((char) ((data[i] << 8) | (data[i + 1] & 0xFF)));
    }
    check(raw.toString());
  }

  static void check(String text) {
    NormalisedText normal = Normaliser.normalise(text);
    int length = normal.text().length();
    for (int i = 0; i < length; i++) {
      require(normal.originalIndex(i) < normal.originalEnd(i + 1), "offsets turn back", text);
    }
    for (Decoded d : Decoders.decode(text, DecodeLimits.DEFAULT)) {
      require(d.start() >= 0 && d.start() <= d.end() && d.end() <= text.length(), "decoded", text);
    }
    for (FactMatch m : MATCHER.find(text)) {
      require(m.start() >= 0 && m.start() < m.end() && m.end() <= text.length(), "match", text);
    }
    require(MATCHER.find(text, text).isEmpty(), "an echo is no leak", text);
    List<String> halves =
        List.of(text.substring(0, text.length() / 2), text.substring(text.length() / 2));
    for (FactAssembly found : MATCHER.findAcross(halves, List.of())) {
      for (FactAssembly.Piece p : found.pieces()) {
        int size = halves.get(p.answer()).length();
        require(p.start() >= 0 && p.start() < p.end() && p.end() <= size, "piece", text);
      }
    }
    require(MATCHER.findAcross(halves, halves).isEmpty(), "a repeated part is no leak", text);
    spans(SecretScanner.scan(text), text);
    spans(SecretCandidates.find(text), text);
    spans(PersonalDataScanner.scan(text), text);
    for (UrlSpan u : UrlScanner.scan(text)) {
      require(u.start() <= u.end() && u.end() <= text.length(), "url", text);
      require(u.spanStart() >= 0 && u.spanEnd() <= text.length(), "construct of a url", text);
      require(u.spanStart() <= u.start() && u.spanEnd() >= u.end(), "url in construct", text);
    }
    INDEX.seenIn(text, text);
  }

  private static void spans(List<Span> spans, String text) {
    int last = 0;
    for (Span span : spans) {
      require(span.start() >= last && span.end() <= text.length(), "spans overlap", text);
      require(span.text().equals(text.substring(span.start(), span.end())), "span text", text);
      last = span.end();
    }
  }

  private static void require(boolean holds, String what, String text) {
    if (!holds) {
      throw new IllegalStateException(what + " in: " + text);
    }
  }
}
