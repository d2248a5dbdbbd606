package dev.redoubt.attack.chat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** By which ways the texts of a plan go in. */
final class PlanWays {
  private final Map<String, PlantWay> byCall = new HashMap<>();
  private final Set<String> several = new HashSet<>();

  PlanWays(Plan plan) {
    var first = new HashMap<String, PlantWay>();
    for (PlannedCall call : plan.attempts()) {
      Wording.PlantedText plant = call.prompt().plant();
      if (plant != null) {
        byCall.put(call.id(), plant.way());
        String objective = call.objective().id();
        if (!plant.way().equals(first.computeIfAbsent(objective, o -> plant.way()))) {
          several.add(objective);
        }
      }
    }
  }

  /** The way of an attempt in words, where the texts of its objective go in by more than one. */
  Optional<String> words(String objective, String attempt) {
    return several.contains(objective)
        ? Optional.ofNullable(byCall.get(attempt)).map(PlantWay::words)
        : Optional.empty();
  }
}
