package dev.redoubt.guard.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks a text without its conversation, as the command line does. */
final class LoneText {
  private LoneText() {}

  static Verdict check(Guard guard, Role role, String text, @Nullable String system) {
    Text message =
        switch (role) {
          case USER -> Text.user(text);
          case SYSTEM -> Text.system(text);
          case DOCUMENT -> Text.document("document", text);
          case TOOL_RESULT -> Text.toolResult("tool", text);
          case ANSWER -> Text.answer(text);
        };
    Exchange nobody =
        system == null
            ? Exchange.of(Caller.ANONYMOUS)
            : Exchange.of(Caller.ANONYMOUS, Text.system(system));
    if (role == Role.ANSWER) {
      return guard.checkAnswer(nobody, text);
    }
    ToolCallView call = role == Role.TOOL_RESULT ? asCall(text) : null;
    if (call != null) {
      return guard.checkToolCall(nobody, call);
    }
    List<Text> messages = system == null ? List.of(message) : List.of(Text.system(system), message);
    return guard.checkInput(guard.exchange("", Caller.ANONYMOUS, messages, List.of()), message);
  }

  private static @Nullable ToolCallView asCall(String text) {
    try {
      JsonNode node = JsonMapper.shared().readTree(text);
      if (node == null || !node.path("name").isString() || !node.has("arguments")) {
        return null;
      }
      JsonNode arguments = node.get("arguments");
      return new ToolCallView(
          node.get("name").stringValue(),
          arguments.isString() ? arguments.stringValue() : arguments.toString());
    } catch (JacksonException e) {
      return null;
    }
  }
}
