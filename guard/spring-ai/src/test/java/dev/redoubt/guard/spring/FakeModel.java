package dev.redoubt.guard.spring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/** A model that says what it is told to and keeps what it was asked. */
final class FakeModel implements ChatModel {
  private final Deque<AssistantMessage> replies = new ArrayDeque<>();
  final List<Prompt> prompts = new ArrayList<>();

  FakeModel say(String text) {
    replies.add(new AssistantMessage(text));
    return this;
  }

  FakeModel call(String tool, String arguments) {
    replies.add(
        AssistantMessage.builder()
            .content("")
            .toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", tool, arguments)))
            .build());
    return this;
  }

  @Override
  public ChatOptions getOptions() {
    return ToolCallingChatOptions.builder().build();
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    prompts.add(prompt);
    return response(replies.removeFirst());
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    prompts.add(prompt);
    AssistantMessage reply = replies.removeFirst();
    if (reply.hasToolCalls()) {
      return Flux.just(response(reply));
    }
    return Flux.fromStream(String.valueOf(reply.getText()).chars().mapToObj(Character::toString))
        .map(piece -> response(new AssistantMessage(piece)));
  }

  private static ChatResponse response(AssistantMessage message) {
    return new ChatResponse(List.of(new Generation(message)));
  }
}
