package dev.redoubt.runtime.llm;

/** A source that did not give the file; the next one is tried. The message is one line. */
final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  SourceException(String message) {
    super(message);
  }

  SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
