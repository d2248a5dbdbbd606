package dev.redoubt.attack.chat;

/**
 * How a technique goes about its turns: what it says next may depend on what the target answered.
 * Found by {@link java.util.ServiceLoader}; stateless and thread-safe.
 *
 * <p>A strategy must choose by nothing but its {@link Stage}: the same seed and the same answers
 * give the same turns, so that a run can be resumed in the middle of an attempt and replayed
 * without its target.
 *
 * @since 0.1.0
 */
public interface Strategy {

  /** Stable id, as techniques name it. */
  String id();

  /** Most turns that one attempt takes, for the forecast and as a hard limit. */
  int mostTurns(Technique technique);

  /**
   * Says whether an attacker's model writes its words where one is configured; the option has no
   * effect for the others.
   */
  default boolean asksAttacker() {
    return false;
  }

  /**
   * Plays an attempt. Every turn is judged; the first success, a failed call or the end of the
   * budget ends the attempt by {@link AttemptOver}, which is to be let through.
   */
  void play(Stage stage) throws AttemptOver, InterruptedException;
}
