package dev.redoubt.attack.chat.internal;

import dev.redoubt.attack.chat.Dialogue;
import dev.redoubt.attack.chat.Truth;
import dev.redoubt.core.Policy;
import java.util.List;
import java.util.Optional;

/** Policies of a kind. */
final class Declared {
  private Declared() {}

  /** What to add where none is declared. */
  static Optional<String> missing(Truth truth, Class<? extends Policy> kind, String example) {
    return truth.declared().policies(kind).isEmpty()
        ? Optional.of(
            "no such policy is declared: add one to the endpoint's groundTruth.policies, such as "
                + example)
        : Optional.empty();
  }

  /** The policy that a conversation was about; all of the kind where it was about none. */
  static <T extends Policy> List<T> of(Truth truth, Class<T> kind, Dialogue dialogue) {
    List<T> all = truth.declared().policies(kind);
    List<T> named = all.stream().filter(p -> p.name().equals(dialogue.marker())).toList();
    return named.isEmpty() ? all : named;
  }
}
