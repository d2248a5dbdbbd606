package dev.redoubt.guard.contract;

import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.RetrievalGuard;
import dev.redoubt.guard.spring.GuardAdvisor;
import dev.redoubt.guard.spring.GuardModelAdvisor;
import dev.redoubt.guard.spring.GuardedDocuments;
import java.nio.file.Path;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.rag.advisor.RetrievalAugmentationAdvisor;
import org.springframework.ai.rag.retrieval.search.DocumentRetriever;
import reactor.core.publisher.Flux;

/** The Spring AI samples of docs/guard-embed.md. */
final class SpringAiSample {
  private SpringAiSample() {}

  static ChatClient client(
      Path policy, ChatModel model, ChatMemory memory, DocumentRetriever retriever) {
    Guard guard = Guard.load(policy);
    var documents = new GuardedDocuments(RetrievalGuard.of(guard));
    return ChatClient.builder(model)
        .defaultAdvisors(
            new GuardAdvisor(guard),
            MessageChatMemoryAdvisor.builder(memory).build(),
            RetrievalAugmentationAdvisor.builder()
                .documentRetriever(documents.around(retriever))
                .build(),
            new GuardModelAdvisor(guard))
        .build();
  }

  static Flux<String> ask(ChatClient client, String user, String question) {
    return client
        .prompt()
        .user(question)
        .advisors(a -> a.param(GuardAdvisor.CALLER, user).param(ChatMemory.CONVERSATION_ID, user))
        .stream()
        .content();
  }
}
