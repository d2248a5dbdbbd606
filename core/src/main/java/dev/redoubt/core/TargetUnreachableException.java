package dev.redoubt.core;

/** A target, file or service could not be reached or read; the command line exits with 3. */
public final class TargetUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what, where, how to mend
   */
  public TargetUnreachableException(String message) {
    super(message);
  }

  /**
   * @param message one line: what, where, how to mend
   * @param cause what went wrong below
   */
  public TargetUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
