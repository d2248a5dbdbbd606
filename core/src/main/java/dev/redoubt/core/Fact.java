package dev.redoubt.core;

/**
 * A typed statement about a component that an assessor established, for the threat model.
 *
 * @param component name of the component
 * @param kind what kind of statement, such as {@code tool-acts}, {@code reads-untrusted-text}
 * @param statement the statement in plain words
 */
public record Fact(String component, String kind, String statement) {}
