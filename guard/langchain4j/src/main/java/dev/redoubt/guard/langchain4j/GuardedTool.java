package dev.redoubt.guard.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tool whose calls and results are checked. A refused call is not made; the model is told. */
final class GuardedTool implements ToolExecutor {
  private final Sessions sessions;
  private final ToolExecutor tool;

  GuardedTool(Sessions sessions, ToolExecutor tool) {
    this.sessions = sessions;
    this.tool = tool;
  }

  static Map<ToolSpecification, ToolExecutor> of(Sessions sessions, Object object) {
    var tools = new LinkedHashMap<ToolSpecification, ToolExecutor>();
    for (Method method : object.getClass().getDeclaredMethods()) {
      if (method.isAnnotationPresent(Tool.class)) {
        tools.put(
            ToolSpecifications.toolSpecificationFrom(method),
            new GuardedTool(sessions, new DefaultToolExecutor(object, method)));
      }
    }
    if (tools.isEmpty()) {
      throw new IllegalArgumentException(
          object.getClass().getName() + " has no method with @Tool; annotate one");
    }
    return tools;
  }

  @Override
  public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
    // The old way in: LangChain4j tells nothing of the conversation here.
    return executeWithContext(request, null).resultText();
  }

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, @Nullable InvocationContext context) {
    GuardSession session = sessions.of(context, List.of());
    ToolCallView call = Sessions.call(request);
    Verdict verdict = session.toolCall(call);
    if (!verdict.passes()) {
      return said(verdict.shown(Verdict.NOT_CHECKED), true);
    }
    ToolCallView restored = session.modelView().restore(call);
    ToolExecutionRequest passed =
        restored.equals(call)
            ? request
            : request.toBuilder().arguments(restored.argumentsJson()).build();
    ToolExecutionResult result = run(passed, context);
    Verdict seen = session.input(Text.toolResult(request.name(), text(result)));
    return seen instanceof Verdict.Allow
        ? result
        : said(seen.shown(text(result)), result.isError());
  }

  @SuppressWarnings("NullAway") // Executors take no context from the old way in.
  private ToolExecutionResult run(
      ToolExecutionRequest request, @Nullable InvocationContext context) {
    return context == null
        ? said(tool.execute(request, null), false)
        : tool.executeWithContext(request, context);
  }

  private static String text(ToolExecutionResult result) {
    return result.resultText() == null ? "" : result.resultText();
  }

  private static ToolExecutionResult said(String text, boolean error) {
    return ToolExecutionResult.builder().isError(error).resultText(text).build();
  }
}
