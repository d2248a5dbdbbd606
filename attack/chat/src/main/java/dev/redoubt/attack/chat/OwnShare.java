package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.OwnWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says which attempts at one objective are asked in the system's own words. For one thread. */
final class OwnShare {
  /** Room for the frames of one composed wording, among the numbers of wordings. */
  private static final int FRAMES = 1_000;

  private final OwnWords wanted;
  private final Composer composer;
  private final Objective objective;
  private final List<Composer.Composed> composed;
  private int cell;
  private int next;
  private boolean nothing;

  /**
   * A composed wording for an attempt.
   *
   * @param prompt the wording in the frames of the attempt's technique
   * @param composed whence it is
   */
  record Chosen(Prompt prompt, Composer.Composed composed) {}

  /**
   * @param missing what the objective lacks to be decided at all
   */
  OwnShare(
      OwnWords wanted,
      Composer composer,
      Objective objective,
      Judge judge,
      Optional<String> missing) {
    this.wanted = wanted;
    this.composer = composer;
    this.objective = objective;
    this.composed = missing.isPresent() ? List.of() : composer.of(objective, judge);
  }

  /** Every second attempt, or every one; null for a request that every system gets. */
  @Nullable Chosen choose(Technique technique, int repetition) {
    boolean turn = wanted == OwnWords.ONLY || cell++ % 2 == 1;
    nothing = wanted == OwnWords.ONLY;
    if (!turn || composed.isEmpty()) {
      return null;
    }
    Composer.Composed one = composed.get(next % composed.size());
    Optional<Prompt> prompt =
        Prompt.choose(alone(one.wording()), technique, WordingSet.FIRST, repetition);
    if (prompt.isEmpty()) {
      // The technique speaks a language that nothing is composed in.
      return null;
    }
    next++;
    nothing = false;
    int number = Attempt.COMPOSED_FROM + one.number() * FRAMES + prompt.get().index() % FRAMES;
    return new Chosen(prompt.get().numbered(number), one);
  }

  /** Why the attempt that was just chosen for is left out; empty when it is not. */
  Optional<String> leftOut() {
    return nothing
        ? Optional.of(
            composed.isEmpty()
                ? "own words only, and the description says nothing that this objective can be"
                    + " asked with: see docs/own-words.md"
                : "own words only, and this technique speaks a language that nothing is composed in")
        : Optional.empty();
  }

  /** Takes the ordinary question beside an attempt that will be made. */
  void planned(PlannedCall call, @Nullable Chosen chosen, Ordinaries ordinaries) {
    if (chosen != null && call.leftOut() == null) {
      composer.used(chosen.composed());
      Composer.Ordinary twin = chosen.composed().twin();
      if (twin != null) {
        ordinaries.take(twin, objective, call.identity());
      }
    }
  }

  private Objective alone(Wording wording) {
    return new Objective(
        objective.id(),
        objective.order(),
        objective.title(),
        objective.severity(),
        objective.description(),
        objective.judge(),
        objective.asker(),
        objective.references(),
        objective.remedy(),
        objective.setup(),
        List.of(wording),
        List.of(),
        Map.of());
  }
}
