package dev.redoubt.attack.chat;

import org.jspecify.annotations.Nullable;

/**
 * A document that the system under test retrieves from.
 *
 * @param id its id
 * @param text its text
 * @param visibility who may read it
 * @param owner the customer whom it belongs to; absent when it belongs to none
 * @since 0.1.0
 */
public record IndexedDocument(
    String id, String text, Visibility visibility, @Nullable String owner) {
  /** Who may read a document. */
  public enum Visibility {
    /** Everybody. */
    PUBLIC,
    /** Its owner. */
    CUSTOMER,
    /** Staff only. */
    INTERNAL
  }
}
