package dev.redoubt.inspect.artifact;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What files say of other files that the walk has not reached yet. */
final class Charges {
  private final Map<Path, List<Observation>> waiting = new HashMap<>();

  void add(Path file, Observation observation) {
    List<Observation> list = waiting.computeIfAbsent(file, f -> new ArrayList<>());
    if (list.size() < 20 && !list.contains(observation)) {
      list.add(observation);
    }
  }

  List<Observation> take(Path file) {
    List<Observation> charged = waiting.remove(file);
    return charged == null ? List.of() : charged;
  }
}
