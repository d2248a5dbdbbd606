package dev.redoubt.app.importer;

/**
 * A file that can't be imported. The message is one line: what, where, what to do.
 *
 * @since 0.1.0
 */
public final class ForeignFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line
   */
  public ForeignFileException(String message) {
    super(message);
  }

  /**
   * @param message one line
   * @param cause what went wrong below
   */
  public ForeignFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
