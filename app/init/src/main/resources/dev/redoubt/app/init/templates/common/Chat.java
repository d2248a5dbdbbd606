import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what OpenAI clients send, and writes what they expect. */
final class Chat {
  static final int LONGEST = 4_000;
  private static final int MOST_TURNS = 6;

  private Chat() {}

  /** The question, and the turns before it as the client remembers them. */
  record Asked(String question, List<Map<String, Object>> earlier, boolean stream) {
    /** Everything that the caller says. */
    boolean isTooLong() {
      int length = question.length();
      for (var turn : earlier) {
        length += String.valueOf(turn.get("content")).length();
      }
      return length > LONGEST;
    }
  }

  static Asked read(Map<?, ?> body) {
    var turns = new ArrayList<Map<String, Object>>();
    if (Json.at(body, "messages") instanceof List<?> messages) {
      for (Object message : messages) {
        String role = Json.text(message, "role");
        String text = textOf(Json.at(message, "content"));
        // A caller has no say in the instructions: system, developer and tool messages are dropped.
        if ((role.equals("user") || role.equals("assistant")) && !text.isBlank()) {
          turns.add(Model.message(role, text));
        }
      }
    }
    if (turns.isEmpty() || !"user".equals(turns.getLast().get("role"))) {
      throw new Json.Malformed("messages: the last one must be a question of the user");
    }
    String question = String.valueOf(turns.removeLast().get("content"));
    int from = Math.max(0, turns.size() - MOST_TURNS);
    return new Asked(
        question,
        List.copyOf(turns.subList(from, turns.size())),
        Boolean.TRUE.equals(Json.at(body, "stream")));
  }

  private static String textOf(Object content) {
    if (content instanceof List<?> parts) {
      var text = new StringBuilder();
      parts.forEach(part -> text.append(Json.text(part, "text")));
      return text.toString();
    }
    return content instanceof String text ? text : "";
  }

  static Web.Reply reply(Asked asked, String answer) {
    String name = "chatcmpl-" + Long.toHexString(System.nanoTime());
    if (asked.stream()) {
      return Web.Reply.events(
          event(name, Map.of("role", "assistant", "content", answer), null)
              + event(name, Map.of(), "stop")
              + "data: [DONE]\n\n");
    }
    return Web.Reply.json(
        Map.of(
            "id", name,
            "object", "chat.completion",
            "created", System.currentTimeMillis() / 1000,
            "model", "assistant",
            "choices",
                List.of(
                    Map.of(
                        "index", 0,
                        "message", Map.of("role", "assistant", "content", answer),
                        "finish_reason", "stop"))));
  }

  private static String event(String name, Map<?, ?> delta, String finish) {
    Map<String, Object> choice = new java.util.LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", finish);
    return "data: "
        + Json.write(
            Map.of(
                "id", name,
                "object", "chat.completion.chunk",
                "created", System.currentTimeMillis() / 1000,
                "model", "assistant",
                "choices", List.of(choice)))
        + "\n\n";
  }

  static Web.Reply models() {
    return Web.Reply.json(
        Map.of("object", "list", "data", List.of(Map.of("id", "assistant", "object", "model"))));
  }
}
