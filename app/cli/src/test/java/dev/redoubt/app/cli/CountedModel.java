package dev.redoubt.app.cli;

import dev.redoubt.runtime.llm.ChatModel;
import dev.redoubt.runtime.llm.ChatReply;
import dev.redoubt.runtime.llm.ChatRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts what reaches the model. */
record CountedModel(ChatModel model, AtomicInteger calls) implements ChatModel {
  @Override
  public ChatReply chat(ChatRequest request) throws InterruptedException {
    calls.incrementAndGet();
    return model.chat(request);
  }

  @Override
  public ChatReply stream(ChatRequest request, Consumer<String> onText)
      throws InterruptedException {
    calls.incrementAndGet();
    return model.stream(request, onText);
  }

  @Override
  public void close() {
    model.close();
  }
}
