package dev.redoubt.attack.chat;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a {@link Strategy} has to play one attempt with. Belongs to one attempt and one thread.
 *
 * @since 0.1.0
 */
public interface Stage {

  /** The attempt: its objective, technique (with the strategy's script), seed and account. */
  PlannedCall call();

  /** The request in the frames and transforms of its technique, as a single turn would say it. */
  String request();

  /** The request in plain words, in nobody's frame; in a chain, as its other parts dressed it. */
  String plainRequest();

  /** Fills words in braces, such as {@code {company}}, as wordings have them. */
  String fill(String text);

  /**
   * Says the next turn of the current conversation and hears the answer.
   *
   * @param text what to say
   * @return the answer with its verdict, which is not a success
   * @throws AttemptOver after a success, a failure, or at the end of the turns or the budget
   */
  Answer say(String text) throws AttemptOver, InterruptedException;

  /** Begins a new conversation: the next turn has no history. */
  void restart();

  /** Turns that are left. */
  int turnsLeft();

  /** Random choices that follow from the seed of the attempt. */
  RandomGenerator random();

  /** The attacker's model; empty when none is configured, so that rules must do. */
  Optional<Attacker> attacker();

  /**
   * What the target answered.
   *
   * @param text the answer, untrusted; tool calls that it asks its client for included
   * @param verdict what the judge says of the conversation so far; never a success
   */
  record Answer(String text, Verdict verdict) {}
}
