package dev.redoubt.runtime.target;

import dev.redoubt.core.Access.ModelApi;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Price;
import dev.redoubt.runtime.llm.ChatMessage;
import dev.redoubt.runtime.llm.ChatRequest;
import dev.redoubt.runtime.llm.OpenAiClient;
import dev.redoubt.runtime.llm.RetryPolicy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A target that speaks OpenAI's chat completions: every request carries the conversation. */
final class OpenAiChatTarget implements TargetClient {
  private final OpenAiClient client;
  private final ModelApi access;
  private final @Nullable Price price;

  OpenAiChatTarget(Endpoint endpoint, ModelApi access, TargetSettings settings) {
    this.access = access;
    this.price = endpoint.price();
    this.client =
        OpenAiClient.builder(
                HttpLink.address(endpoint, Set.of("http", "https"), "http://host:port/v1"))
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
    return new Retelling(history, this::ask);
  }

  private TargetReply ask(List<Turn> turns, Say say) throws InterruptedException {
    var messages =
        turns.stream()
            .map(turn ->
                turn.role().equals("user")
                    ? ChatMessage.user(turn.text())
                    : ChatMessage.assistant(turn.text()))
            .toList();
    var request =
        new ChatRequest(
            null,
            messages,
            List.of(),
            access.sampling() ? say.temperature() : null,
            access.sampling() ? say.seed() : null,
            say.maxTokens(),
            List.of());
    var reply =
        access.stream()
            ? client.stream(request, say.headers(), _ -> {})
            : client.chat(request, say.headers());
    return new TargetReply(
        reply.text(),
        reply.message().toolCalls(),
        reply.finishReason(),
        reply.model(),
        reply.usage(),
        Answer.cost(reply.usage(), price));
  }

  @Override
  public boolean canContinue() {
    return true;
  }

  @Override
  public void close() {
    client.close();
  }
}
