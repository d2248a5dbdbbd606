package dev.redoubt.app.importer.internal;

import java.util.Set;

/** Who speaks in a transcript. */
final class Roles {
  private static final Set<String> KNOWN = Set.of("system", "user", "assistant", "tool");

  private Roles() {}

  /** One of the roles that transcripts have. */
  static String known(String role) {
    return KNOWN.contains(role) ? role : role.equals("developer") ? "system" : "user";
  }
}
