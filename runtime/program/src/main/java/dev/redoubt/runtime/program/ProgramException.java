package dev.redoubt.runtime.program;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program gave no answer. The message is one line: which program, what, what to do about it.
 *
 * @since 0.1.0
 */
public final class ProgramException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  public enum Kind {
    /** It can't be started, or did not say in time that it is ready. */
    NOT_STARTED,
    /** It ended, or closed its input or output. */
    ENDED,
    /** No answer in time; the program was killed. */
    TIMEOUT,
    /** A line that is no JSON object in UTF-8; the program was killed. */
    NOT_JSON,
    /** A message that the protocol does not have, or not here. */
    BAD_REPLY,
    /** A line that is longer than a line may be; the program was killed. */
    TOO_LARGE,
    /** More messages than one request may have; the program was killed. */
    FLOOD,
    /** The program itself says that it can't: see {@link #reported()}. */
    REPORTED,
    /** It was started again in the middle of this conversation and remembers nothing of it. */
    FORGOTTEN,
    /** It died too many times in a row and is not started again. */
    GIVEN_UP,
    /** It was closed. */
    CLOSED
  }

  private final Kind kind;
  private final @Nullable String reported;

  ProgramException(Kind kind, String message) {
    this(kind, message, null, null);
  }

  ProgramException(
      Kind kind, String message, @Nullable String reported, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.reported = reported;
  }

  /** Why there is no answer. */
  public Kind kind() {
    return kind;
  }

  /**
   * The word that the program itself gives for its failure, such as {@code rate-limited}; only with
   * {@link Kind#REPORTED}.
   */
  public Optional<String> reported() {
    return Optional.ofNullable(reported);
  }

  /** The same failure for another thread, with a stack of its own. */
  ProgramException again() {
    return new ProgramException(kind, line(), reported, this);
  }

  private String line() {
    return String.valueOf(getMessage());
  }
}
