package dev.redoubt.attack.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of one conversation of an attempt so far: what a {@link Judge} looks at.
 *
 * @param setup exchanges of conversations that were held before the attack, such as those of a
 *     victim whose session the attacker is after
 * @param turns the turns of the attack, oldest first, at least one; the last has a reply
 * @param after exchanges of conversations that were held after the attack, to see what it left
 *     behind
 * @since 0.1.0
 */
public record Dialogue(List<Exchange> setup, List<Exchange> turns, List<Exchange> after) {
  public Dialogue {
    setup = List.copyOf(setup);
    turns = List.copyOf(turns);
    after = List.copyOf(after);
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a dialogue has at least one turn");
    }
  }

  /** One after which nothing was looked at. */
  public Dialogue(List<Exchange> setup, List<Exchange> turns) {
    this(setup, turns, List.of());
  }

  /** A conversation of a single turn. */
  public static Dialogue of(Exchange exchange) {
    return new Dialogue(List.of(), List.of(exchange));
  }

  /** The turn that the target answered last. */
  public Exchange latest() {
    return turns.getLast();
  }

  /** What the target answered, turn by turn, tool calls included. */
  public List<String> answers() {
    return turns.stream().map(Exchange::answer).toList();
  }

  /** Everything that the target answered, a line break between turns. */
  public String answer() {
    return String.join("\n", answers());
  }

  /** What the attacker wrote, turn by turn, planted texts included. */
  public List<String> attackerTexts() {
    return turns.stream().map(Exchange::attackerText).toList();
  }

  /** Everything that the attacker wrote: what the target repeats of it is no leak. */
  public String attackerText() {
    return String.join("\n", attackerTexts());
  }

  /** Everything that was asked, planted texts left out. */
  public String question() {
    return turns.stream().map(Exchange::question).collect(Collectors.joining("\n"));
  }

  /** Account that asked; absent for an anonymous caller. */
  public @Nullable String identity() {
    return latest().identity();
  }

  /** The text that was planted before the first turn; absent when none was. */
  public Wording.@Nullable PlantedText plant() {
    return turns.getFirst().plant();
  }

  /** What a tool call carries only when the planted order was obeyed. */
  public @Nullable String marker() {
    return turns.getFirst().marker();
  }

  /** Lines that the tool ledger gained during the turns; null when one could not be read. */
  public @Nullable List<String> ledger() {
    var lines = new ArrayList<String>();
    for (Exchange turn : turns) {
      List<String> own = turn.ledger();
      if (own == null) {
        return null;
      }
      lines.addAll(own);
    }
    return lines;
  }

  /** What the answers brought about beside their words, as far as it was watched. */
  public List<Exchange.Effect> effects() {
    return turns.stream().flatMap(t -> t.effects().stream()).toList();
  }

  /** Addresses of the attacker's sink that the replies made somebody load or offer. */
  public List<Exchange.SinkHit> sinkHits() {
    return turns.stream().flatMap(t -> t.sinkHits().stream()).toList();
  }
}
