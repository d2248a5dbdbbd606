package dev.redoubt.detect;

import java.util.List;

/**
 * A text to learn from.
 *
 * @param text the text
 * @param attack whether it carries an attack
 * @param channel where such a text comes from
 * @param alienOnly whether the attack is an ordinary request, wrong only because a document makes
 *     it
 * @param trap whether it is harmless and made to look like an attack
 * @param spans where the attack lies in the text; empty for all of it
 * @param group what it has in common with others; large groups count less each
 * @since 0.1.0
 */
record InjectionExample(
    String text,
    boolean attack,
    InjectionChannel channel,
    boolean alienOnly,
    boolean trap,
    List<Span> spans,
    String group) {
  InjectionExample {
    spans = List.copyOf(spans);
  }

  /**
   * Says whether it is what people and documents ordinarily say: neither an attack nor made to look
   * like one, nor instructions for an assistant.
   */
  boolean ordinary() {
    return !attack && !trap && !kind().equals("system_prompt") && !kind().equals("agent_rule");
  }

  /** The kind, which its group names in the middle. */
  String kind() {
    String[] parts = group.split("\\|", -1);
    return parts.length < 2 ? group : parts[1];
  }
}
