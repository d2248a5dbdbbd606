package dev.redoubt.guard.gateway;

import java.io.IOException;

/** The upstream could not be reached, fell silent, or spoke no HTTP. */
final class UpstreamException extends IOException {
  private static final long serialVersionUID = 1L;
  private final int status;

  /**
   * @param status what to tell the client: 502 or 504
   * @param message one line without content
   */
  UpstreamException(int status, String message) {
    super(message);
    this.status = status;
  }

  UpstreamException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  int status() {
    return status;
  }
}
