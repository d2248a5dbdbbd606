package dev.redoubt.runtime.target;

import dev.redoubt.core.Component.Endpoint;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens conversations with a target. Thread-safe; meant for many virtual threads at once.
 *
 * @since 0.1.0
 */
public interface TargetClient extends AutoCloseable {
  /**
   * Begins a conversation; nothing is sent before the first {@link Conversation#say}.
   *
   * @param history what was said in it before, oldest first: a run that was cut off goes on
   * @throws IllegalArgumentException for a history that the target can't take
   */
  Conversation begin(List<Turn> history);

  /**
   * Says whether {@link #begin} takes a history that isn't empty: protocols in which every request
   * carries the whole conversation do, those in which the target remembers it don't.
   */
  boolean canContinue();

  /** Gives up what is under way and lets go of connections and processes. */
  @Override
  void close();

  /**
   * Makes the client of an endpoint. Nothing is sent.
   *
   * @param baseFolder folder of {@code redoubt.yaml}, to which paths are relative
   * @throws dev.redoubt.core.UsageException where the description can't be used
   */
  static TargetClient of(Endpoint endpoint, Path baseFolder, TargetSettings settings) {
    return new OpenAiChatTarget(endpoint, settings);
  }
}
