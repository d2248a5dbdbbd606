package dev.redoubt.attack.chat;

import java.util.Map;
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
 * @param prompt the filled wording, its request in plain words; {@code {sink}} and {@code {token}}
 *     are filled when it is sent
 * @param dress what its technique puts around the request when it is sent
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
    Dress dress,
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
        dress,
        reason);
  }

  /** The same attempt with another request. */
  PlannedCall saying(String request) {
    return new PlannedCall(
        index,
        id,
        objective,
        technique,
        wording,
        repetition,
        seed,
        identity,
        prompt.withRequest(request),
        dress,
        leftOut);
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
        Dress.NONE,
        null);
  }

  /**
   * The words that are sent: late placeholders filled, then the request dressed, since nothing can
   * be filled in once a transform has encoded it.
   *
   * @param late what {@code {sink}} and {@code {token}} stand for
   */
  Wording dressed(Placeholders late) {
    Wording.PlantedText plant = prompt.plant();
    String request = dressed(late.fill(prompt.request()), late);
    return new Wording(
        plant == null ? request : late.fill(prompt.text()),
        plant == null
            ? null
            : plant.saying(late.fill(plant.subject()), late.fill(plant.intro()), request),
        prompt.marker() == null ? null : late.fill(prompt.marker()),
        Map.of());
  }

  /**
   * Any text in the frames and transforms of the technique, such as a turn of a strategy in a chain
   * with one.
   *
   * @param text filled
   * @param late what {@code {sink}} and {@code {token}} stand for
   */
  String dressed(String text, Placeholders late) {
    return dress.put(text, late);
  }

  /** The request in plain words, late placeholders open. */
  String plain() {
    return prompt.request();
  }

  /** Says whether its texts name what the attacker's server holds. */
  boolean usesSink() {
    Wording.PlantedText plant = prompt.plant();
    return prompt.text().contains("{sink}")
        || prompt.text().contains("{page}")
        || (plant != null && plant.text().contains("{sink}"))
        || dress.texts().anyMatch(text -> text.contains("{sink}"));
  }
}
