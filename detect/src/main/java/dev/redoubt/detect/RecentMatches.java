package dev.redoubt.detect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the texts that were searched last. An answer is asked about by whoever judges
 * it and by whoever counts what it gave away, and a search reads it in two dozen encodings.
 * Thread-safe.
 */
final class RecentMatches {
  private static final int MOST_TEXTS = 128;
  private static final int LONGEST = 1 << 14;

  private final Map<String, List<FactMatch>> byText =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<FactMatch>> eldest) {
          return size() > MOST_TEXTS;
        }
      };

  synchronized @Nullable List<FactMatch> get(String text) {
    return byText.get(text);
  }

  synchronized void put(String text, List<FactMatch> found) {
    if (text.length() <= LONGEST) {
      byText.put(text, found);
    }
  }
}
