package dev.redoubt.guard.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the session of a call, or begins it. */
final class Sessions {
  /** Key in the invocation parameters; they live as long as the call. */
  private static final String KEY = "dev.redoubt.guard.session";

  private final Guard guard;
  private final Function<InvocationContext, Caller> caller;
  private final Confirmations confirmations;

  Sessions(Guard guard, Function<InvocationContext, Caller> caller, Confirmations confirmations) {
    this.guard = guard;
    this.caller = caller;
    this.confirmations = confirmations;
  }

  Guard guard() {
    return guard;
  }

  /** Who calls; whoever can't be told is anonymous. */
  Caller caller(@Nullable InvocationContext context) {
    return context == null ? Caller.ANONYMOUS : caller.apply(context);
  }

  /**
   * The session of a call. Without a context nothing is known of what went before: the session then
   * holds a text that nobody trusts, so that tools which act stay shut.
   */
  GuardSession of(@Nullable InvocationContext context, List<ChatMessage> history) {
    if (context == null || context.invocationParameters() == null) {
      GuardSession blind = begin("", Caller.ANONYMOUS, history);
      blind.note(Text.document("unknown", "[nothing is known of this conversation]"));
      return blind;
    }
    // An application may hand the same parameters to more than one call.
    String key = KEY + "." + context.invocationId();
    synchronized (context.invocationParameters()) {
      GuardSession known = context.invocationParameters().get(key);
      if (known == null) {
        known = begin(String.valueOf(context.chatMemoryId()), caller(context), history);
        context.invocationParameters().put(key, known);
      }
      return known;
    }
  }

  GuardSession begin(String conversation, Caller who, List<ChatMessage> history) {
    GuardSession session = GuardSession.begin(guard, conversation, who, confirmations);
    history.forEach(message -> note(session, message));
    return session;
  }

  private static void note(GuardSession session, ChatMessage message) {
    if (message instanceof AiMessage ai && ai.hasToolExecutionRequests()) {
      ai.toolExecutionRequests().forEach(r -> session.note(call(r)));
    }
    Text text = text(message);
    if (!text.text().isEmpty()) {
      session.note(text);
    }
  }

  static ToolCallView call(ToolExecutionRequest request) {
    return new ToolCallView(request.name(), request.arguments() == null ? "" : request.arguments());
  }

  /** A message as a text; what is no text in it is left out, see {@link #unreadable}. */
  static Text text(ChatMessage message) {
    return switch (message) {
      case SystemMessage system -> Text.system(system.text());
      case UserMessage user -> Text.user(texts(user.contents()));
      case AiMessage ai -> Text.answer(ai.text() == null ? "" : ai.text());
      case ToolExecutionResultMessage result ->
          Text.toolResult(result.toolName(), texts(result.contents()));
      case CustomMessage custom -> Text.document("custom message", custom.toString());
      default -> Text.document("message", message.toString());
    };
  }

  private static String texts(List<Content> contents) {
    return contents.stream()
        .filter(TextContent.class::isInstance)
        .map(c -> ((TextContent) c).text())
        .collect(Collectors.joining("\n"));
  }

  /** Kind of the first part that no scanner can look at, such as {@code IMAGE}; null for none. */
  static @Nullable String unreadable(UserMessage message) {
    return message.contents().stream()
        .filter(c -> !(c instanceof TextContent))
        .map(c -> c.type().name())
        .findFirst()
        .orElse(null);
  }
}
