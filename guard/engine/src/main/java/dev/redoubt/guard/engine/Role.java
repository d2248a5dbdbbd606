package dev.redoubt.guard.engine;

/**
 * Where a text comes from, which decides how far it is believed.
 *
 * @since 0.1.0
 */
public enum Role {
  /** The person who talks to the assistant. */
  USER,
  /** Whoever wrote the assistant: its prompt. */
  SYSTEM,
  /** A retrieved passage: anybody may have written it. */
  DOCUMENT,
  /** What a tool returned: anybody may have written what it holds. */
  TOOL_RESULT,
  /** What the model answered. */
  ANSWER
}
