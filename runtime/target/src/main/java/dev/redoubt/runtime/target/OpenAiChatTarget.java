package dev.redoubt.runtime.target;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.runtime.llm.ChatMessage;
import dev.redoubt.runtime.llm.ChatRequest;
import dev.redoubt.runtime.llm.OpenAiClient;
import dev.redoubt.runtime.llm.RetryPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A target that speaks OpenAI's chat completions: every request carries the conversation. */
final class OpenAiChatTarget implements TargetClient {
  private final OpenAiClient client;

  OpenAiChatTarget(Endpoint endpoint, TargetSettings settings) {
    this.client =
        OpenAiClient.builder(URI.create(endpoint.url()))
            .headers(endpoint.headers())
            .model(endpoint.model())
            .connectTimeout(settings.connectTimeout())
            .requestTimeout(settings.timeout())
            .idleTimeout(settings.timeout())
            .maxReplyBytes(settings.maxReplyBytes())
            .retries(RetryPolicy.NONE)
            .build();
  }

  @Override
  public Conversation begin(List<Turn> history) {
    var messages = new ArrayList<ChatMessage>();
    for (Turn turn : history) {
      messages.add(
          turn.role().equals("user")
              ? ChatMessage.user(turn.text())
              : ChatMessage.assistant(turn.text()));
    }
    return new Talk(messages);
  }

  @Override
  public boolean canContinue() {
    return true;
  }

  @Override
  public void close() {
    client.close();
  }

  private final class Talk implements Conversation {
    private final List<ChatMessage> messages;

    Talk(List<ChatMessage> messages) {
      this.messages = messages;
    }

    @Override
    public TargetReply say(Say say) throws InterruptedException {
      var asked = new ArrayList<>(messages);
      asked.add(ChatMessage.user(say.text()));
      var reply =
          client.chat(
              new ChatRequest(
                  null,
                  asked,
                  List.of(),
                  say.temperature(),
                  say.seed(),
                  say.maxTokens(),
                  List.of()),
              say.headers());
      messages.add(ChatMessage.user(say.text()));
      messages.add(ChatMessage.assistant(reply.text()));
      return new TargetReply(
          reply.text(),
          reply.message().toolCalls(),
          reply.finishReason(),
          reply.model(),
          reply.usage(),
          null);
    }

    @Override
    public void close() {}
  }
}
