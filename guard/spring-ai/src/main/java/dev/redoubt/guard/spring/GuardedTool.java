package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/**
 * A tool whose calls and results are checked. A refused call is not made, and the model reads the
 * refusal as the tool's result. Without a {@link GuardAdvisor} around it nothing is known of the
 * conversation: it then counts as one that holds text nobody trusts.
 *
 * @since 0.2.0
 */
public final class GuardedTool implements ToolCallback {
  private final Guard guard;
  private final ToolCallback tool;

  /** Wraps a tool. */
  public GuardedTool(Guard guard, ToolCallback tool) {
    this.guard = guard;
    this.tool = tool;
  }

  /** Wraps tools. */
  public static List<ToolCallback> all(Guard guard, ToolCallback... tools) {
    return Arrays.stream(tools).map(t -> (ToolCallback) new GuardedTool(guard, t)).toList();
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return tool.getToolDefinition();
  }

  @Override
  public ToolMetadata getToolMetadata() {
    return tool.getToolMetadata();
  }

  @Override
  public String call(String input) {
    return call(input, null);
  }

  @Override
  public String call(String input, @Nullable ToolContext context) {
    CallState state = context == null ? null : CallState.in(context.getContext());
    GuardSession session = state == null ? blind() : state.session();
    ToolCallView call = new ToolCallView(getToolDefinition().name(), input);
    String arguments = input;
    if (state == null || !state.take(call)) {
      Verdict verdict = session.toolCall(call);
      if (!verdict.passes()) {
        return verdict.shown(Verdict.NOT_CHECKED);
      }
      arguments = session.modelView().restore(call).argumentsJson();
    }
    String result = context == null ? tool.call(arguments) : tool.call(arguments, context);
    String said = result == null ? "" : result;
    return session.input(Text.toolResult(call.name(), said)).shown(said);
  }

  private GuardSession blind() {
    GuardSession session = GuardSession.begin(guard, "", Caller.ANONYMOUS);
    session.note(Text.document("unknown", "[nothing is known of this conversation]"));
    return session;
  }
}
