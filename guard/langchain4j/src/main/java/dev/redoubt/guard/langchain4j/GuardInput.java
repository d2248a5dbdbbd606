package dev.redoubt.guard.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.guardrail.InputGuardrail;
import dev.langchain4j.guardrail.InputGuardrailRequest;
import dev.langchain4j.guardrail.InputGuardrailResult;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.content.Content;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the user says, with what the retriever added to it. */
final class GuardInput implements InputGuardrail {
  private final Sessions sessions;

  GuardInput(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public InputGuardrailResult validate(InputGuardrailRequest request) {
    var params = request.requestParams();
    List<ChatMessage> history =
        params.chatMemory() == null ? List.of() : params.chatMemory().messages();
    GuardSession session = sessions.of(params.invocationContext(), history);
    String unreadable = Sessions.unreadable(request.userMessage());
    if (unreadable != null && sessions.guard().policy().blockOnNotRun()) {
      return refused(Unread.verdict(unreadable));
    }
    Text message = Text.user(Sessions.text(request.userMessage()).text());
    Verdict verdict = session.check(message);
    if (!verdict.passes()) {
      return refused(verdict);
    }
    noteOwnWords(session, params.augmentationResult(), verdict.shown(message.text()));
    return verdict instanceof Verdict.Rewrite rewrite ? successWith(rewrite.text()) : success();
  }

  /**
   * Tells the user's words from what a retriever put beside them. Our own filter marks passages;
   * those of a retriever without it are cut out of the message where they stand.
   */
  private static void noteOwnWords(
      GuardSession session, @Nullable AugmentationResult added, String text) {
    String own = text;
    boolean certain = true;
    for (Content content : added == null ? List.<Content>of() : added.contents()) {
      String passage = content.textSegment().text();
      session.note(Text.document("retrieved", passage));
      certain &= own.contains(passage);
      own = own.replace(passage, "\n|\n");
    }
    // An injector that rewrote what was found leaves nothing that could be called the user's.
    session.note(certain ? Text.user(own) : Text.document("augmented message", text));
  }

  private InputGuardrailResult refused(Verdict verdict) {
    var refusal = new GuardRefusedException(verdict);
    return fatal(refusal.getMessage(), refusal);
  }
}
