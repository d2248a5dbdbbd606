package dev.redoubt.runtime.llm;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A chat call that gave no reply. The message is one line: what, where, what to do about it. */
public final class ChatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why there is no reply. */
  public enum Kind {
    /** No connection could be made. */
    UNREACHABLE,
    /** No answer, or no end of it, in time. */
    TIMEOUT,
    /** An HTTP status other than success. */
    STATUS,
    /** Too many calls: HTTP status 429. */
    RATE_LIMITED,
    /** Something other than JSON, a web page for example. */
    NOT_JSON,
    /** JSON, but no chat completion. */
    BAD_REPLY,
    /** More bytes than the caller takes. */
    TOO_LARGE,
    /** The connection broke. */
    RESET,
    /** The request itself can't be served; asking again won't help. */
    BAD_REQUEST,
    /** The model is closed. */
    CLOSED
  }

  private final String line;
  private final Kind kind;
  private final int status;
  private final @Nullable Duration retryAfter;
  private final @Nullable String location;

  /**
   * @param kind why
   * @param message one line
   */
  public ChatException(Kind kind, String message) {
    this(kind, 0, null, message, null);
  }

  /**
   * @param kind why
   * @param message one line
   * @param cause what went wrong below
   */
  public ChatException(Kind kind, String message, Throwable cause) {
    this(kind, 0, null, message, cause);
  }

  /**
   * @param kind why
   * @param status the HTTP status, 0 for none
   * @param retryAfter how long the endpoint asks to wait
   * @param message one line
   * @param cause what went wrong below
   */
  public ChatException(
      Kind kind,
      int status,
      @Nullable Duration retryAfter,
      String message,
      @Nullable Throwable cause) {
    this(kind, status, retryAfter, message, cause, null);
  }

  /** As above, with the address to which the endpoint redirects. */
  ChatException(
      Kind kind,
      int status,
      @Nullable Duration retryAfter,
      String message,
      @Nullable Throwable cause,
      @Nullable String location) {
    super(message, cause);
    this.line = message;
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
    this.location = location;
  }

  @Override
  public String getMessage() {
    return line;
  }

  /** Why there is no reply. */
  public Kind kind() {
    return kind;
  }

  /** The HTTP status, 0 where there was none. */
  public int status() {
    return status;
  }

  /** How long the endpoint asks to wait. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Where the endpoint redirects to, as it said it. */
  public Optional<String> location() {
    return Optional.ofNullable(location);
  }
}
