package dev.redoubt.guard.gateway;

/** A chat completion of a shape that this gateway does not understand, and so does not pass on. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is odd, without content
   */
  UnreadableException(String message) {
    super(message);
  }
}
