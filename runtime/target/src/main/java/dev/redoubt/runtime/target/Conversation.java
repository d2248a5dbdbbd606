package dev.redoubt.runtime.target;

import dev.redoubt.runtime.llm.ChatException;

/**
 * A conversation with a target, turn after turn. Not thread-safe; different conversations are
 * independent of each other.
 *
 * @since 0.1.0
 */
public interface Conversation extends AutoCloseable {
  /**
   * Says something and waits for the reply. A call that fails leaves the conversation as it was
   * before, so that the same words can be said again; only where the target itself remembers what
   * was said, and it can't be known how much of it, every later call fails with kind {@code CLOSED}
   * and a new conversation is needed. What comes after the time-out is thrown away.
   *
   * @throws ChatException where there is no whole reply; it is sent once and never again from here
   * @throws InterruptedException when the run ends; nothing is known about the reply then
   */
  TargetReply say(Say say) throws InterruptedException;

  /** Lets go of what the conversation holds; the target hears nothing of it, or a farewell. */
  @Override
  void close();
}
