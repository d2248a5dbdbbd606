package dev.redoubt.attack.chat;

/**
 * Ends an attempt from within its {@link Strategy}: it succeeded, a call failed, or no turn is
 * left. Not an error; a strategy lets it through.
 *
 * @since 0.1.0
 */
public final class AttemptOver extends Exception {
  private static final long serialVersionUID = 1L;

  AttemptOver(String why) {
    super(why, null, false, false);
  }
}
