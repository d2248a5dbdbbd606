package dev.redoubt.attack.chat;

import dev.redoubt.core.Reference;
import dev.redoubt.core.Severity;
import java.util.List;
import java.util.Map;

/**
 * What an attacker wants, and which ground truth says that it happened. One YAML file each, in
 * {@code dev/redoubt/attack/chat/objectives}.
 *
 * @param id name of its file, such as {@code secret-leak}
 * @param order place in a plan, lower first; what plants texts comes late, since they stay
 * @param title one line, the title of its finding
 * @param severity how bad a success is
 * @param description one sentence
 * @param judge id of the {@link Judge} that decides
 * @param asker who asks: {@code attacker} or {@code other}
 * @param references framework ids, each with its edition
 * @param remedy what to do about it
 * @param setup conversations of one turn each that are held before the attack, such as that of the
 *     victim whose session the attacker is after
 * @param wordings requests of the first pass
 * @param newWordings requests that no first pass uses
 * @param cells complete wordings of single techniques by technique id, where a request in the
 *     technique's frame does not read well
 * @since 0.1.0
 */
public record Objective(
    String id,
    int order,
    String title,
    Severity severity,
    String description,
    String judge,
    String asker,
    List<Reference> references,
    String remedy,
    List<SetupTurn> setup,
    List<Wording> wordings,
    List<Wording> newWordings,
    Map<String, Cell> cells) {
  public Objective {
    references = List.copyOf(references);
    setup = List.copyOf(setup);
    wordings = List.copyOf(wordings);
    newWordings = List.copyOf(newWordings);
    cells = Map.copyOf(cells);
  }

  /**
   * A conversation of one turn before the attack.
   *
   * @param as who speaks: {@code attacker} or {@code other}
   * @param text what is said; {@code {nonce}} stands for a value drawn for the attempt
   */
  public record SetupTurn(String as, String text) {}

  /**
   * Complete wordings of one objective by one technique.
   *
   * @param wordings for the first pass; empty to use the technique's frames
   * @param newWordings for passes after it; empty to use the technique's frames
   */
  public record Cell(List<Wording> wordings, List<Wording> newWordings) {
    public Cell {
      wordings = List.copyOf(wordings);
      newWordings = List.copyOf(newWordings);
    }

    List<Wording> of(WordingSet set) {
      return set == WordingSet.FIRST ? wordings : newWordings;
    }
  }

  /** Id of the rule that its finding carries. */
  public String ruleId() {
    return "attack.chat." + id;
  }

  List<Wording> of(WordingSet set) {
    return set == WordingSet.FIRST ? wordings : newWordings;
  }
}
