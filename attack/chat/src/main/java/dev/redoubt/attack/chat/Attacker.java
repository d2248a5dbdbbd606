package dev.redoubt.attack.chat;

import dev.redoubt.runtime.llm.ChatMessage;
import java.util.List;

/**
 * A model that writes the attacker's next words. Its answers are taped, so that a replay needs no
 * model.
 *
 * @since 0.1.0
 */
public interface Attacker {

  /** What it is called in records and reports. */
  String name();

  /**
   * Asks for a text.
   *
   * @param conversation what it is told and has said
   * @return its answer, untrusted
   * @throws AttemptOver when it can't be had; the attempt is unassessed then
   */
  String ask(List<ChatMessage> conversation) throws AttemptOver, InterruptedException;
}
