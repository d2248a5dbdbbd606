package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Settles which of several claims on the same chars holds. */
final class Spans {
  private Spans() {}

  /** Keeps the longest of overlapping spans, the earlier of equally long ones; sorts by start. */
  static List<Span> resolve(Collection<Span> claims) {
    List<Span> byLength = new ArrayList<>(claims);
    byLength.sort(
        Comparator.comparingInt((Span s) -> s.start() - s.end())
            .thenComparingInt(Span::start)
            .thenComparing(Span::type));
    TreeMap<Integer, Span> kept = new TreeMap<>();
    for (Span span : byLength) {
      var before = kept.floorEntry(span.start());
      var after = kept.ceilingEntry(span.start());
      boolean free =
          (before == null || before.getValue().end() <= span.start())
              && (after == null || after.getValue().start() >= span.end());
      if (free) {
        kept.put(span.start(), span);
      }
    }
    return List.copyOf(kept.values());
  }
}
