package dev.redoubt.guard.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.redoubt.guard.engine.AnswerStream;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a model's answer as it comes and hands on what may be shown. Thinking is not handed on: no
 * rule speaks of it. Tool calls are handed on whole, when all of them were checked.
 */
final class GuardedHandler implements StreamingChatResponseHandler {
  private final GuardSession session;
  private final StreamingChatResponseHandler to;
  private final AnswerStream answer;
  private final StringBuilder shown = new StringBuilder();
  private boolean over;

  GuardedHandler(GuardSession session, StreamingChatResponseHandler to) {
    this.session = session;
    this.to = to;
    this.answer = session.answerStream();
  }

  @Override
  public void onPartialResponse(String piece) {
    if (!over) {
      show(answer.push(piece));
    }
  }

  @Override
  public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
    onPartialResponse(piece.text());
    if (answer.stopped()) {
      // The model need not talk on for nobody.
      context.streamingHandle().cancel();
      refuse(answer.verdict());
    }
  }

  private void show(String text) {
    if (!text.isEmpty()) {
      shown.append(text);
      to.onPartialResponse(text);
    }
  }

  private void refuse(Verdict verdict) {
    if (over) {
      return;
    }
    over = true;
    String text = verdict.shown(Verdict.NOT_CHECKED);
    to.onPartialResponse(text);
    to.onCompleteResponse(GuardedStreamingModel.refusal(shown + text));
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    if (over) {
      return;
    }
    show(answer.finish());
    Verdict verdict = answer.verdict();
    if (!verdict.passes()) {
      refuse(verdict);
      return;
    }
    var calls = new ArrayList<ToolExecutionRequest>();
    for (ToolExecutionRequest request : response.aiMessage().toolExecutionRequests()) {
      ToolCallView call = Sessions.call(request);
      Verdict allowed = session.toolCall(call);
      if (!allowed.passes()) {
        refuse(allowed);
        return;
      }
      String restored = session.modelView().restore(call).argumentsJson();
      calls.add(request.toBuilder().arguments(restored).build());
    }
    over = true;
    for (int i = 0; i < calls.size(); i++) {
      to.onCompleteToolCall(new CompleteToolCall(i, calls.get(i)));
    }
    to.onCompleteResponse(response.toBuilder().aiMessage(message(response, calls)).build());
  }

  private AiMessage message(ChatResponse response, List<ToolExecutionRequest> calls) {
    String text = response.aiMessage().text() == null ? null : shown.toString();
    return AiMessage.builder().text(text).toolExecutionRequests(calls).build();
  }

  @Override
  public void onError(Throwable error) {
    if (!over) {
      over = true;
      to.onError(error);
    }
  }
}
