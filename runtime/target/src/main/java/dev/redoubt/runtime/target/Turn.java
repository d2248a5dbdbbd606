package dev.redoubt.runtime.target;

/**
 * What was said in a conversation before.
 *
 * @param role {@code user} or {@code assistant}
 * @param text the words
 * @since 0.1.0
 */
public record Turn(String role, String text) {
  /** Refuses other roles: instructions belong to the target. */
  public Turn {
    if (!role.equals("user") && !role.equals("assistant")) {
      throw new IllegalArgumentException("role '" + role + "': user or assistant");
    }
  }

  /** Words of the user. */
  public static Turn user(String text) {
    return new Turn("user", text);
  }

  /** Words of the target. */
  public static Turn assistant(String text) {
    return new Turn("assistant", text);
  }
}
