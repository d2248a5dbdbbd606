package dev.redoubt.guard.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.guardrail.InputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.tool.BeforeToolExecution;
import dev.langchain4j.service.tool.ToolExecution;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.RetrievalGuard;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Puts a guard into a LangChain4j AI service.
 *
 * <pre>{@code
 * var redoubt = LangChain4jGuard.of(Guard.load(Path.of("guard.yaml")), context -> caller());
 * Assistant assistant =
 *     AiServices.builder(Assistant.class)
 *         .chatModel(model)
 *         .contentRetriever(redoubt.retriever(retriever))
 *         .inputGuardrails(redoubt.input())
 *         .outputGuardrails(redoubt.output())
 *         .tools(redoubt.tools(new Refunds()))
 *         .build();
 * }</pre>
 *
 * <p>A refused message or answer ends the call with LangChain4j's {@code InputGuardrailException}
 * or {@code OutputGuardrailException}, whose cause is a {@link GuardRefusedException}. LangChain4j
 * itself collects a streamed answer whole where an output guardrail is set; to stream with a
 * hold-back wrap the model with {@link #streaming} and set no output guardrail.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.2.0
 */
public final class LangChain4jGuard {
  private final Sessions sessions;
  private final RetrievalGuard retrieval;

  private LangChain4jGuard(Sessions sessions, RetrievalGuard retrieval) {
    this.sessions = sessions;
    this.retrieval = retrieval;
  }

  /**
   * Makes it; what needs a person's yes is refused.
   *
   * @param caller tells who calls, from whatever the application put into the invocation
   */
  public static LangChain4jGuard of(Guard guard, Function<InvocationContext, Caller> caller) {
    return of(guard, caller, Confirmations.NOBODY, RetrievalGuard.of(guard));
  }

  /**
   * Makes it.
   *
   * @param caller tells who calls
   * @param confirmations where a person is asked
   * @param retrieval what becomes of retrieved passages
   */
  public static LangChain4jGuard of(
      Guard guard,
      Function<InvocationContext, Caller> caller,
      Confirmations confirmations,
      RetrievalGuard retrieval) {
    return new LangChain4jGuard(new Sessions(guard, caller, confirmations), retrieval);
  }

  /** Checks what goes to the model: the user's message with the passages that were added. */
  public InputGuardrail input() {
    return new GuardInput(sessions);
  }

  /** Checks the model's answer, whole. */
  public OutputGuardrail output() {
    return new GuardOutput(sessions);
  }

  /** Drops passages that the caller may not read or the policy refuses, and marks the rest. */
  public ContentRetriever retriever(ContentRetriever retriever) {
    return new GuardedRetriever(sessions, retrieval, retriever);
  }

  /** Scans and stamps what goes into an index. */
  public GuardedIngestion ingestion(String by) {
    return new GuardedIngestion(retrieval, by);
  }

  /**
   * A hook for {@code beforeToolExecution}: a refused call ends the whole invocation with a {@link
   * GuardRefusedException}. Goes with {@link #afterTool}; {@link #tools} does both and lets the
   * conversation go on.
   */
  public Consumer<BeforeToolExecution> beforeTool() {
    return before -> {
      Verdict verdict =
          sessions
              .of(before.invocationContext(), List.of())
              .toolCall(Sessions.call(before.request()));
      if (!verdict.passes()) {
        throw new GuardRefusedException(verdict);
      }
    };
  }

  /** A hook for {@code afterToolExecution}: notes that the tool's words are about. */
  public Consumer<ToolExecution> afterTool() {
    return after ->
        sessions
            .of(after.invocationContext(), List.of())
            .note(Text.toolResult(after.request().name(), String.valueOf(after.result())));
  }

  /** Checks each call of a tool before it is made and its result before the model sees it. */
  public ToolExecutor tool(ToolExecutor tool) {
    return new GuardedTool(sessions, tool);
  }

  /** The {@code @Tool} methods of objects, each behind {@link #tool(ToolExecutor)}. */
  public Map<ToolSpecification, ToolExecutor> tools(Object... objects) {
    var all = new LinkedHashMap<ToolSpecification, ToolExecutor>();
    for (Object object : objects) {
      all.putAll(GuardedTool.of(sessions, object));
    }
    return all;
  }

  /**
   * Checks messages on their way to a streaming model, and its answer on its way back with a
   * hold-back. A refused answer ends with the refusal as its text and {@code CONTENT_FILTER}.
   *
   * @param caller tells who calls, in the thread that starts the call
   */
  public StreamingChatModel streaming(StreamingChatModel model, Function<Object, Caller> caller) {
    return new GuardedStreamingModel(sessions, model, caller);
  }
}
