package dev.redoubt.guard.engine;

/**
 * A tool call as the model asked for it.
 *
 * @param name name of the tool
 * @param argumentsJson arguments as the JSON text that the model wrote, untrusted
 * @since 0.1.0
 */
public record ToolCallView(String name, String argumentsJson) {}
