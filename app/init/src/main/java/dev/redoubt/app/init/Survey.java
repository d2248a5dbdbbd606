package dev.redoubt.app.init;

import dev.redoubt.app.init.Sighting.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What was seen in a repository.
 *
 * @param sightings in the order of the files
 * @param filesRead how many files were read
 * @param notes what was not looked at, and why
 * @since 0.1.0
 */
public record Survey(List<Sighting> sightings, int filesRead, List<String> notes) {
  public Survey {
    sightings = List.copyOf(sightings);
    notes = List.copyOf(notes);
  }

  /** Everything of a kind. */
  public List<Sighting> of(Kind kind) {
    return sightings.stream().filter(s -> s.kind() == kind).toList();
  }

  /** One of a kind for each name, the first. */
  public List<Sighting> distinct(Kind kind) {
    var names = new HashSet<String>();
    var first = new ArrayList<Sighting>();
    for (Sighting sighting : of(kind)) {
      if (names.add(sighting.name())) {
        first.add(sighting);
      }
    }
    return first;
  }
}
