package dev.redoubt.core;

/**
 * A pointer into a framework of the field, always with its edition; {@link Taxonomy} says whether
 * it exists.
 *
 * @param framework key of the framework as in the taxonomy files: {@code owasp-llm}, {@code
 *     owasp-agentic}, {@code mitre-atlas}, {@code cwe}
 * @param id the id with its edition as it is cited, such as {@code LLM06:2026}, {@code
 *     AML.T0051@2026.09}, {@code CWE-200}
 */
public record Reference(String framework, String id) {
  public Reference {
    if (framework.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException(
          "a reference needs a framework and an id, not '" + framework + "' '" + id + "'");
    }
  }
}
