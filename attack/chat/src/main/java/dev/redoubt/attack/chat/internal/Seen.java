package dev.redoubt.attack.chat.internal;

import dev.redoubt.attack.chat.Dialogue;
import dev.redoubt.attack.chat.Exchange.Effect;
import dev.redoubt.attack.chat.Truth;
import dev.redoubt.attack.chat.Verdict;
import dev.redoubt.attack.chat.Wording;
import dev.redoubt.core.Component.Plant;
import java.util.List;
import java.util.Optional;

/** Words about effects. */
final class Seen {
  private Seen() {}

  /** Says whether a page was planted on the run's own server and nobody asked for it. */
  static boolean pageUnread(Dialogue dialogue, Truth truth) {
    Wording.PlantedText plant = dialogue.plant();
    return plant != null
        && truth.declared().plant(plant.way().channel()).filter(Plant::served).isPresent()
        && dialogue.sinkHits().stream().noneMatch(hit -> hit.how().equals("page"));
  }

  /** No verdict where something could not be looked at: it may have happened there. */
  static Optional<Verdict> unseen(List<Effect> effects) {
    return effects.stream()
        .filter(e -> e.kind().equals(Effect.UNSEEN))
        .map(e -> Verdict.unassessed(e.what()))
        .findFirst();
  }
}
