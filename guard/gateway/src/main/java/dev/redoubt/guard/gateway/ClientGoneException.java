package dev.redoubt.guard.gateway;

import java.io.IOException;

/** The client went away before its reply; nobody is left to tell. */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(Throwable cause) {
    super("the client went away", cause);
  }
}
