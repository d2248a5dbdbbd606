package dev.redoubt.guard.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.ModelView;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A streaming model whose request and answer are checked; see {@link LangChain4jGuard}. */
final class GuardedStreamingModel implements StreamingChatModel {
  private final Sessions sessions;
  private final StreamingChatModel model;
  private final Function<Object, Caller> caller;

  GuardedStreamingModel(
      Sessions sessions, StreamingChatModel model, Function<Object, Caller> caller) {
    this.sessions = sessions;
    this.model = model;
    this.caller = caller;
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    List<ChatMessage> messages = request.messages();
    GuardSession session = sessions.begin("", caller.apply(request), messages);
    var passed = new ArrayList<ChatMessage>();
    for (ChatMessage message : messages) {
      String unreadable = message instanceof UserMessage user ? Sessions.unreadable(user) : null;
      if (unreadable != null && sessions.guard().policy().blockOnNotRun()) {
        refuse(Unread.verdict(unreadable), handler);
        return;
      }
      Text text = Sessions.text(message);
      Verdict verdict = sessions.guard().checkInput(session.exchange(), text);
      if (!verdict.passes()) {
        refuse(verdict, handler);
        return;
      }
      passed.add(with(message, text, verdict.shown(text.text()), session.modelView()));
    }
    model.chat(request.toBuilder().messages(passed).build(), new GuardedHandler(session, handler));
  }

  private static ChatMessage with(ChatMessage message, Text text, String shown, ModelView view) {
    String masked = view.mask(text.role(), shown);
    if (masked.equals(text.text())) {
      return message;
    }
    return switch (message) {
      case SystemMessage system -> SystemMessage.from(masked);
      case UserMessage user -> UserMessage.from(masked);
      case AiMessage ai -> ai.toBuilder().text(masked).build();
      case dev.langchain4j.data.message.ToolExecutionResultMessage result ->
          dev.langchain4j.data.message.ToolExecutionResultMessage.from(
              result.id(), result.toolName(), masked);
      default -> UserMessage.from(masked);
    };
  }

  static void refuse(Verdict verdict, StreamingChatResponseHandler handler) {
    String text = verdict.shown(Verdict.NOT_CHECKED);
    handler.onPartialResponse(text);
    handler.onCompleteResponse(refusal(text));
  }

  static ChatResponse refusal(String text) {
    return ChatResponse.builder()
        .aiMessage(AiMessage.from(text))
        .finishReason(FinishReason.CONTENT_FILTER)
        .build();
  }
}
