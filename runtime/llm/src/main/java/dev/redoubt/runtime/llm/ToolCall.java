package dev.redoubt.runtime.llm;

/**
 * A model's wish to have a tool called.
 *
 * @param id name of this call within the conversation
 * @param name the tool
 * @param arguments JSON text as the model wrote it; need not be valid
 */
public record ToolCall(String id, String name, String arguments) {}
