package dev.redoubt.guard.engine;

import java.util.List;
import java.util.Set;

/**
 * A scanner with the options of one rule. Thread-safe, without state from call to call, linear in
 * the length of what it reads; what it throws becomes a verdict {@link Verdict.NotRun}.
 *
 * @since 0.1.0
 */
public interface Check {
  /** What it looks at. */
  Set<Stage> stages();

  /**
   * What it governs, such as {@code refund.amount}: two rules of one scanner at one place with the
   * same subject and other options contradict each other.
   */
  default String subject() {
    return "";
  }

  /** Tools that its options name; a policy that forbids them elsewhere contradicts itself. */
  default Set<String> toolsNamed() {
    return Set.of();
  }

  /** The only tools that it lets through; empty when it does not say. */
  default Set<String> toolsAllowed() {
    return Set.of();
  }

  /** Looks at a text on its way to the model: one whole message, passages included. */
  default List<Hit> input(Exchange exchange, Text message) {
    return List.of();
  }

  /** Looks at an answer. */
  default List<Hit> answer(Exchange exchange, String answer) {
    return List.of();
  }

  /**
   * Says whether it can judge an answer only when all of it is there, as a schema does. It then
   * does not look at a streamed answer while it comes, but afterwards, or in time where the policy
   * says {@code buffer: full}.
   */
  default boolean needsWhole() {
    return false;
  }

  /** Looks at a tool call; offsets are those of its arguments' JSON text. */
  default List<Hit> toolCall(Exchange exchange, ToolCallView call) {
    return List.of();
  }

  /** Strings of the exchange that the model itself must not see, longest first. */
  default List<String> hiddenFromModel(Exchange exchange) {
    return List.of();
  }

  /**
   * Says whether an argument of a tool may hold what was hidden from the model.
   *
   * @param tool name of the tool
   * @param argument name of a top-level argument
   */
  default boolean restores(String tool, String argument) {
    return false;
  }
}
