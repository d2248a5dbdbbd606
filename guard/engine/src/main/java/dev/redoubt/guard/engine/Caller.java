package dev.redoubt.guard.engine;

import java.util.Set;

/**
 * Who calls the assistant.
 *
 * @param id e-mail address or subject; empty for an anonymous caller
 * @param groups groups that the caller belongs to
 * @since 0.1.0
 */
public record Caller(String id, Set<String> groups) {
  /** Nobody that is known: sees public documents only. */
  public static final Caller ANONYMOUS = new Caller("", Set.of());

  public Caller {
    id = id.strip();
    groups = Set.copyOf(groups);
  }

  /** A caller without groups. */
  public static Caller of(String id) {
    return new Caller(id, Set.of());
  }

  /** Says whether nobody is known. */
  public boolean isAnonymous() {
    return id.isEmpty();
  }
}
