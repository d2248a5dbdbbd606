package dev.redoubt.guard.engine;

import org.jspecify.annotations.Nullable;

/**
 * Who may read a document, as its store says.
 *
 * @param visibility how widely
 * @param owner id of the caller whose document it is; absent when it is nobody's
 * @since 0.1.0
 */
public record DocumentLabel(Visibility visibility, @Nullable String owner) {
  /** A document for everybody. */
  public static final DocumentLabel PUBLIC = new DocumentLabel(Visibility.PUBLIC, null);

  /** A document for staff. */
  public static final DocumentLabel INTERNAL = new DocumentLabel(Visibility.INTERNAL, null);

  /** A document of one caller. */
  public static DocumentLabel ownedBy(String owner) {
    return new DocumentLabel(Visibility.OWNER, owner);
  }
}
