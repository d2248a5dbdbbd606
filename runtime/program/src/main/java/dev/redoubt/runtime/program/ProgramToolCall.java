package dev.redoubt.runtime.program;

/**
 * A tool call, as a target says that it made it.
 *
 * @param name name of the tool, untrusted
 * @param arguments JSON text of an object, untrusted
 * @since 0.1.0
 */
public record ProgramToolCall(String name, String arguments) {}
