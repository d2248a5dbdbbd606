package dev.redoubt.inspect.artifact;

import java.io.IOException;

/** A file changed while it was read. */
final class ChangedException extends IOException {
  private static final long serialVersionUID = 1;

  ChangedException(String message) {
    super(message);
  }
}
