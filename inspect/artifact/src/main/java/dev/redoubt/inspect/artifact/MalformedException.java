package dev.redoubt.inspect.artifact;

import java.io.IOException;

/** A structure contradicts itself or is cut off: the file is at least unproven. */
public final class MalformedException extends IOException {
  private static final long serialVersionUID = 1;

  private final long offset;

  /**
   * @param message what contradicts what
   * @param offset where, in bytes; -1 where no single place is meant
   */
  public MalformedException(String message, long offset) {
    super(message);
    this.offset = offset;
  }

  /** Where, in bytes; -1 where no single place is meant. */
  public long offset() {
    return offset;
  }
}
