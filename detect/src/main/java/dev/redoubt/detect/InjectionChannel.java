package dev.redoubt.detect;

/**
 * Where a text comes from, as far as an injection classifier cares.
 *
 * @since 0.1.0
 */
public enum InjectionChannel {
  /** What the user typed: requests to the assistant are what belongs there. */
  USER,
  /** What came from elsewhere, such as a document, a mail or a tool result: orders are alien. */
  DOCUMENT
}
