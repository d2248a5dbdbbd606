package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.ModelChoice;
import dev.redoubt.runtime.llm.ChatModel;
import dev.redoubt.runtime.llm.ChatReply;
import dev.redoubt.runtime.llm.ChatRequest;
import dev.redoubt.runtime.llm.LocalModel;
import dev.redoubt.runtime.llm.LocalModelOptions;
import dev.redoubt.runtime.llm.ModelSpec;
import dev.redoubt.runtime.llm.OpenAiClient;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model that is opened when the first question comes: a run that has nothing to ask loads no
 * weights.
 */
final class LazyModel implements ChatModel {
  private final ModelChoice choice;
  private final PrintWriter err;
  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable ChatModel model;

  LazyModel(ModelChoice choice, PrintWriter err) {
    this.choice = choice;
    this.err = err;
  }

  private ChatModel model() throws InterruptedException {
    opening.lockInterruptibly();
    try {
      ChatModel open = model;
      if (open == null) {
        open = choice.isLocal() ? local() : remote();
        model = open;
      }
      return open;
    } finally {
      opening.unlock();
    }
  }

  private ChatModel local() throws InterruptedException {
    return LocalModel.load(
        ModelCommand.fetch(ModelSpec.DEFAULT, err), LocalModelOptions.defaults());
  }

  private ChatModel remote() {
    OpenAiClient.Builder client =
        OpenAiClient.builder(URI.create(choice.where())).model(choice.model());
    String key = System.getenv(choice.keyVariable());
    return (key == null || key.isBlank() ? client : client.apiKey(key)).build();
  }

  @Override
  public ChatReply chat(ChatRequest request) throws InterruptedException {
    return model().chat(request);
  }

  @Override
  public ChatReply stream(ChatRequest request, Consumer<String> onText)
      throws InterruptedException {
    return model().stream(request, onText);
  }

  @Override
  public void close() {
    opening.lock();
    try {
      if (model != null) {
        model.close();
      }
    } finally {
      opening.unlock();
    }
  }
}
