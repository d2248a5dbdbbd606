package dev.redoubt.runtime.llm;

/**
 * A tool that a model is told about.
 *
 * @param name what the model calls it
 * @param description what it does, for the model
 * @param parameters JSON schema text of its arguments
 */
public record ToolSpec(String name, String description, String parameters) {}
