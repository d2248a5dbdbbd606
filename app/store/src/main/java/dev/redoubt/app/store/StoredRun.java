package dev.redoubt.app.store;

import dev.redoubt.core.Assessment;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.GuardEvent;
import java.util.List;

/**
 * Everything that a run left behind.
 *
 * @param id id of the run, the same as in its assessment; letters, digits, {@code . _ -}
 * @param kind what made it: {@code demo}, {@code attack}, {@code assess}
 * @param assessment what it found; the store hides credentials of its system
 * @param attempts its attempts in order
 * @param guardEvents what the guard did meanwhile, in order
 * @param settingsJson how it was set, as a JSON document of its maker's; no credentials
 * @since 0.1.0
 */
public record StoredRun(
    String id,
    String kind,
    Assessment assessment,
    List<Attempt> attempts,
    List<GuardEvent> guardEvents,
    String settingsJson) {
  static final int LONGEST_ID = 128;

  public StoredRun {
    attempts = List.copyOf(attempts);
    guardEvents = List.copyOf(guardEvents);
    boolean plain =
        id.chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
    if (id.isEmpty() || id.length() > LONGEST_ID || !plain) {
      throw new IllegalArgumentException("'" + id + "' is no id of a run");
    }
    if (!id.equals(assessment.run().id())) {
      throw new IllegalArgumentException(
          "run " + id + " carries the assessment of run " + assessment.run().id());
    }
  }
}
