package dev.redoubt.guard.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailRequest;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;

/** What the model answers. */
final class GuardOutput implements OutputGuardrail {
  private final Sessions sessions;

  GuardOutput(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public OutputGuardrailResult validate(OutputGuardrailRequest request) {
    var params = request.requestParams();
    List<ChatMessage> history =
        params.chatMemory() == null ? List.of() : params.chatMemory().messages();
    AiMessage message = request.responseFromLLM().aiMessage();
    String text = message.text() == null ? "" : message.text();
    Verdict verdict = sessions.of(params.invocationContext(), history).answer(text);
    if (!verdict.passes()) {
      var refusal = new GuardRefusedException(verdict);
      // The memory must not keep what the user may not see: the next answer would repeat it.
      return fatalWithMessageRemoval(refusal.getMessage(), refusal);
    }
    return verdict instanceof Verdict.Rewrite rewrite ? successWith(rewrite.text()) : success();
  }
}
