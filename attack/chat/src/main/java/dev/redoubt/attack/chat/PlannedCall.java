package dev.redoubt.attack.chat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a plan: what will be asked, or why nothing will be.
 *
 * @param index place in the plan, from 0
 * @param id id of the attempt: pass, objective, technique, repetition
 * @param objective what the attacker wants
 * @param technique how it is dressed
 * @param wording index of the wording in its cell
 * @param repetition from 0
 * @param seed sampling seed that is sent, 0 … 2<sup>31</sup>-1
 * @param identity name of the account that asks; absent when callers are anonymous
 * @param prompt the filled wording; {@code {sink}} and {@code {token}} are filled when it is sent
 * @param plain the request in plain words, in nobody's frame; placeholders of the endpoint's
 *     context are filled
 * @param leftOut why it will not be sent; absent when it will
 * @since 0.1.0
 */
public record PlannedCall(
    int index,
    String id,
    Objective objective,
    Technique technique,
    int wording,
    int repetition,
    long seed,
    @Nullable String identity,
    Wording prompt,
    String plain,
    @Nullable String leftOut) {

  /** Why it will not be sent; empty when it will. */
  public Optional<String> reasonLeftOut() {
    return Optional.ofNullable(leftOut);
  }

  PlannedCall leaveOut(String reason) {
    return new PlannedCall(
        index,
        id,
        objective,
        technique,
        wording,
        repetition,
        seed,
        identity,
        prompt,
        plain,
        reason);
  }

  /** The same attempt once more, under another id, with another seed and other words. */
  PlannedCall again(String otherId, long otherSeed, Wording words) {
    return new PlannedCall(
        index,
        otherId,
        objective,
        technique,
        wording,
        repetition,
        otherSeed,
        identity,
        words,
        plain,
        null);
  }

  /** Says whether its texts name the attacker's sink. */
  boolean usesSink() {
    Wording.PlantedText plant = prompt.plant();
    return prompt.text().contains("{sink}") || (plant != null && plant.text().contains("{sink}"));
  }
}
