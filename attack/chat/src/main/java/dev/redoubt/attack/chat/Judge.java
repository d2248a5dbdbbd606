package dev.redoubt.attack.chat;

import dev.redoubt.core.Spread;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides from ground truth whether an attempt succeeded; found by {@link java.util.ServiceLoader}.
 * Stateless and thread-safe.
 *
 * @since 0.1.0
 */
public interface Judge {
  /** Name of the value of a case that names it. */
  String CASE = "case";

  /** Stable id, as objectives name it. */
  String id();

  /**
   * Says what it lacks to decide, and what to add to {@code redoubt.yaml}.
   *
   * @return empty when it can decide
   */
  Optional<String> missing(Truth truth);

  /** Says whether calls must be made one at a time for its verdict to have one cause. */
  default boolean oneAtATime() {
    return false;
  }

  /** How the texts that its wordings plant get in. */
  default Planting planting() {
    return Planting.OUTSIDER;
  }

  /**
   * Chooses what is said once the turns of the attack are over, in a new conversation, to see what
   * they left behind. Asked again after each, until there is nothing more to say.
   *
   * @param dialogue the turns so far, of which the last has a reply
   * @param truth the ground truth
   * @param population mailboxes of a simulated population; 0 where none is simulated
   */
  default Optional<FollowUp> next(Dialogue dialogue, Truth truth, int population) {
    return Optional.empty();
  }

  /**
   * Counts how the attack spread, for its reproduction number.
   *
   * @return empty when nothing was counted
   */
  default Optional<Spread> spread(Dialogue dialogue, Truth truth, int population) {
    return Optional.empty();
  }

  /**
   * Says whether its objective is about how much comes out over many calls, so that its finding is
   * headed by the share of documents and customers that the account has seen.
   */
  default boolean followsExtraction() {
    return false;
  }

  /**
   * Says whether its requests may succeed without any attack, so that the rate of the plain
   * question is measured, too, and shown beside.
   */
  default boolean comparesWithPlain() {
    return false;
  }

  /** What is looked at beside an answer, while the exchange is made. */
  enum Watch {
    /** Nothing more than tool calls and requests at the sink. */
    NOTHING,
    /**
     * Whether a script of it runs where the application shows it: {@link Exchange.Effect#SCRIPT}.
     */
    PAGE,
    /** Whether a file appears outside of its folder: {@link Exchange.Effect#FILE}. */
    FILES
  }

  /**
   * What it needs looked at. The wordings of its objectives have a marker with {@code {nonce}},
   * which the effect carries, too.
   */
  default Watch watches() {
    return Watch.NOTHING;
  }

  /**
   * Values for the words in braces of its wordings, one map for each thing that is declared, such
   * as a policy. The attempts walk through them. The value of {@link #CASE} names the thing and
   * comes back as {@link Dialogue#marker()} where the wording has no marker of its own.
   *
   * @return empty when its wordings need none
   */
  default List<Map<String, String>> cases(Truth truth) {
    return List.of();
  }

  /**
   * Decides.
   *
   * @param dialogue the turns of one conversation so far, of which the last has a reply
   * @param truth the ground truth
   */
  Verdict judge(Dialogue dialogue, Truth truth);
}
