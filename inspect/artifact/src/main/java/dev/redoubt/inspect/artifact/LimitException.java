package dev.redoubt.inspect.artifact;

import java.io.IOException;

/** A well-formed file would take more than the {@link Limits} allow: its verdict is incomplete. */
public final class LimitException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says which limit, in words that follow "not read to its end:". */
  public LimitException(String message) {
    super(message);
  }
}
