package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** Replies in place of what must not pass. */
final class Replies {
  /** As OpenAI names it; the key under which programs find the verdict. */
  static final String FINISH = "CONTENT_FILTER";

  private Replies() {}

  static ChatClientResponse refusal(Verdict verdict, Map<String, @Nullable Object> context) {
    return ChatClientResponse.builder()
        .chatResponse(new ChatResponse(List.of(refused(verdict))))
        .context(context)
        .context(GuardAdvisor.VERDICT, verdict)
        .build();
  }

  static Generation refused(Verdict verdict) {
    return new Generation(
        new AssistantMessage(verdict.shown(Verdict.NOT_CHECKED)),
        ChatGenerationMetadata.builder().finishReason(FINISH).build());
  }

  /** A generation with another text. */
  static Generation with(Generation generation, String text) {
    return new Generation(
        generation.getOutput().mutate().content(text).build(), generation.getMetadata());
  }

  static String text(Generation generation) {
    String text = generation.getOutput().getText();
    return text == null ? "" : text;
  }

  static ChatClientResponse with(ChatClientResponse response, List<Generation> generations) {
    ChatResponse old = response.chatResponse();
    ChatResponse made =
        old == null
            ? new ChatResponse(generations)
            : ChatResponse.builder().from(old).generations(generations).build();
    return response.mutate().chatResponse(made).build();
  }
}
