package dev.redoubt.attack.chat;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatMessage;
import dev.redoubt.runtime.llm.ChatModel;
import dev.redoubt.runtime.llm.ChatRequest;

/**
 * The model that writes the attacker's words in adaptive techniques.
 *
 * @param name what it is called in records and reports
 * @param model the model; closed by whoever made it
 * @since 0.1.0
 */
public record AttackerModel(String name, ChatModel model) {
  private static final int SHORT = 8;

  /**
   * Finds out by a short question whether it answers, before the target is called for nothing.
   *
   * @throws TargetUnreachableException when it does not
   */
  void require() throws InterruptedException {
    try {
      model.chat(
          ChatRequest.of(ChatMessage.user("Answer with one word: ready")).withMaxTokens(SHORT));
    } catch (ChatException e) {
      throw new TargetUnreachableException(
          "the attacker's model (" + name + ") does not answer: " + e.getMessage(), e);
    }
  }
}
