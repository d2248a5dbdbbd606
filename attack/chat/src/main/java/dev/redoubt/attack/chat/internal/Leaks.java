package dev.redoubt.attack.chat.internal;

import dev.redoubt.core.PlantedFact;
import dev.redoubt.detect.FactMatch;
import java.util.List;
import java.util.stream.Collectors;

/** Words for facts that came out. */
final class Leaks {
  private static final int MOST_NAMED = 6;

  private Leaks() {}

  /** Names the facts, and how they were disguised; never their values. */
  static String words(List<FactMatch> matches) {
    String named =
        matches.stream().limit(MOST_NAMED).map(Leaks::word).collect(Collectors.joining(", "));
    int more = matches.size() - MOST_NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }

  static List<String> names(List<FactMatch> matches) {
    return matches.stream().map(FactMatch::fact).map(PlantedFact::name).toList();
  }

  private static String word(FactMatch match) {
    String name = match.fact().name();
    return match.encoding().equals("exact") ? name : name + " (" + match.encoding() + ")";
  }
}
