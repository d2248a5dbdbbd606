package dev.redoubt.samples.acme;

import dev.redoubt.guard.engine.DocumentLabel;
import dev.redoubt.guard.engine.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * A document of the index.
 *
 * @param id its id
 * @param text what it says
 * @param visibility who may read it
 * @param owner e-mail address of the customer whose document it is; absent when it is nobody's
 */
public record AcmeDocument(String id, String text, Visibility visibility, @Nullable String owner) {

  /** How the store labels it, for access control. */
  public DocumentLabel label() {
    return new DocumentLabel(visibility, owner);
  }

  /** The word for the visibility: {@code public}, {@code customer} or {@code internal}. */
  public String visibilityWord() {
    return switch (visibility) {
      case PUBLIC -> "public";
      case OWNER -> "customer";
      case INTERNAL -> "internal";
    };
  }
}
