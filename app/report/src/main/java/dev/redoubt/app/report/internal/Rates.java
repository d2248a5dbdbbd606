package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Tally;
import dev.redoubt.core.Attempt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Groups attempts and counts each group, in the order in which the groups first appear. */
final class Rates {
  private Rates() {}

  /** What a row of counts is about. */
  record Group(String pass, String objective) {}

  static Map<Group, List<Attempt>> byPassAndObjective(List<Attempt> attempts) {
    return group(attempts, a -> new Group(a.pass(), a.objective()));
  }

  static Map<String, Tally> count(List<Attempt> attempts, Function<Attempt, String> key) {
    Map<String, Tally> counted = new LinkedHashMap<>();
    group(attempts, key).forEach((k, v) -> counted.put(k, Tally.of(v)));
    return counted;
  }

  static <K> Map<K, List<Attempt>> group(List<Attempt> attempts, Function<Attempt, K> key) {
    Map<K, List<Attempt>> groups = new LinkedHashMap<>();
    for (Attempt attempt : attempts) {
      groups.computeIfAbsent(key.apply(attempt), k -> new ArrayList<>()).add(attempt);
    }
    return groups;
  }
}
