package dev.redoubt.core;

/**
 * Wrong usage or configuration, said in lines that a user can act on; the command line exits with
 * 2.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line a problem: what, where (file, line, key), how to mend
   */
  public UsageException(String message) {
    super(message);
  }

  /**
   * @param message one line a problem
   * @param cause what went wrong below
   */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
