package dev.redoubt.runtime.llm;

import java.util.function.Consumer;

/**
 * Answers conversations. Thread-safe. Failures are {@link ChatException}s.
 *
 * <p>Interrupting the calling thread gives a call up.
 */
public interface ChatModel extends AutoCloseable {

  /**
   * Asks and waits for the whole reply.
   *
   * @throws ChatException where there is no reply
   * @throws InterruptedException where the caller gave up
   */
  ChatReply chat(ChatRequest request) throws InterruptedException;

  /**
   * Asks and hands on the text while it is written; an exception of the consumer gives the call up.
   *
   * @param request the request
   * @param onText takes pieces of text, in order, on the calling thread
   * @return the whole reply, tool calls included
   * @throws ChatException where there is no whole reply
   * @throws InterruptedException where the caller gave up
   */
  ChatReply stream(ChatRequest request, Consumer<String> onText) throws InterruptedException;

  /** Lets calls that run come to their end, then frees what the model holds. */
  @Override
  void close();
}
