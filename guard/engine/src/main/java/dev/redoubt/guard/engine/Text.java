package dev.redoubt.guard.engine;

/**
 * A text of an exchange and where it comes from.
 *
 * @param role who wrote it
 * @param origin a name for messages and events, such as {@code message 3} or a document's id
 * @param trusted whether its wishes count: true for the user and the system, false for whatever was
 *     retrieved or returned by a tool
 * @param text the text itself
 * @since 0.1.0
 */
public record Text(Role role, String origin, boolean trusted, String text) {
  /** What the user said. */
  public static Text user(String text) {
    return new Text(Role.USER, "user", true, text);
  }

  /** What the assistant's own prompt says. */
  public static Text system(String text) {
    return new Text(Role.SYSTEM, "system", true, text);
  }

  /** A retrieved passage. */
  public static Text document(String origin, String text) {
    return new Text(Role.DOCUMENT, origin, false, text);
  }

  /** What a tool returned. */
  public static Text toolResult(String origin, String text) {
    return new Text(Role.TOOL_RESULT, origin, false, text);
  }

  /** What the model answered earlier; a model's words are no one's wish. */
  public static Text answer(String text) {
    return new Text(Role.ANSWER, "assistant", false, text);
  }
}
