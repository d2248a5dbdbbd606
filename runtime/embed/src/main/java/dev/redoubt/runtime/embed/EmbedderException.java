package dev.redoubt.runtime.embed;

/** The embedding model could not be loaded or run. */
public final class EmbedderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what, and what to do
   */
  public EmbedderException(String message) {
    super(message);
  }

  /**
   * @param message one line: what, and what to do
   * @param cause what went wrong below
   */
  public EmbedderException(String message, Throwable cause) {
    super(message, cause);
  }
}
