package dev.redoubt.guard.engine;

/**
 * What a check looks at.
 *
 * @since 0.1.0
 */
public enum Stage {
  /** A text on its way to the model. */
  INPUT,
  /** The model's answer. */
  ANSWER,
  /** A tool call that the model asks for. */
  TOOL_CALL
}
