package dev.redoubt.guard.contract;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.langchain4j.LangChain4jGuard;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The LangChain4j samples of docs/guard-embed.md. */
final class LangChain4jSample {
  private LangChain4jSample() {}

  /** What the application declares. */
  interface Assistant {
    String chat(@UserMessage String question);
  }

  static Assistant assistant(
      Path policy,
      ChatModel model,
      ContentRetriever retriever,
      Object tools,
      Supplier<String> signedIn) {
    var redoubt = LangChain4jGuard.of(Guard.load(policy), call -> Caller.of(signedIn.get()));
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .contentRetriever(redoubt.retriever(retriever))
        .inputGuardrails(redoubt.input())
        .outputGuardrails(redoubt.output())
        .tools(redoubt.tools(tools))
        .build();
  }

  static StreamingChatModel streaming(
      LangChain4jGuard redoubt, StreamingChatModel model, Supplier<String> signedIn) {
    StreamingChatModel guarded = redoubt.streaming(model, request -> Caller.of(signedIn.get()));
    return guarded;
  }
}
