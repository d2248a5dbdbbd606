package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.MediaContent;

/** Spring AI's messages as the guard's texts, and back. */
final class Messages {
  private Messages() {}

  static ToolCallView call(AssistantMessage.ToolCall call) {
    return new ToolCallView(call.name(), call.arguments() == null ? "" : call.arguments());
  }

  /** A message's text; of a tool's message the results of all tools, each on a line. */
  static Text text(Message message) {
    return switch (message) {
      case SystemMessage system -> Text.system(plain(system));
      case UserMessage user -> Text.user(plain(user));
      case AssistantMessage answer -> Text.answer(plain(answer));
      case ToolResponseMessage results ->
          Text.toolResult(
              "tool",
              String.join(
                  "\n",
                  results.getResponses().stream()
                      .map(ToolResponseMessage.ToolResponse::responseData)
                      .toList()));
      default -> Text.document("message", plain(message));
    };
  }

  private static String plain(Message message) {
    return message.getText() == null ? "" : message.getText();
  }

  static void note(GuardSession session, Message message) {
    if (message instanceof AssistantMessage answer) {
      answer.getToolCalls().forEach(c -> session.note(call(c)));
    }
    Text text = text(message);
    if (!text.text().isEmpty()) {
      session.note(text);
    }
  }

  /** The message with another text; what else it holds stays. */
  static Message with(Message message, String text) {
    return switch (message) {
      case SystemMessage system -> system.mutate().text(text).build();
      case UserMessage user -> user.mutate().text(text).build();
      case AssistantMessage answer -> answer.mutate().content(text).build();
      default -> message;
    };
  }

  /** The tools' message with each result as {@code rewrite} gives it. */
  static ToolResponseMessage with(
      ToolResponseMessage message, java.util.function.UnaryOperator<String> rewrite) {
    var responses = new ArrayList<ToolResponseMessage.ToolResponse>();
    for (var r : message.getResponses()) {
      responses.add(
          new ToolResponseMessage.ToolResponse(r.id(), r.name(), rewrite.apply(r.responseData())));
    }
    return ToolResponseMessage.builder()
        .responses(responses)
        .metadata(message.getMetadata())
        .build();
  }

  /** The verdict on sound or pictures, which no scanner can look at; null where there are none. */
  static @Nullable Verdict unread(Message message) {
    if (!(message instanceof MediaContent content) || content.getMedia().isEmpty()) {
      return null;
    }
    return new Verdict.NotRun(
        "media can't be checked",
        List.of(),
        new Verdict.Trace(List.of(), List.of("unscanned-content: media")));
  }
}
