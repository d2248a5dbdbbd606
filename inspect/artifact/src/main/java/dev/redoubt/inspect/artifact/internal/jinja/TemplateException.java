package dev.redoubt.inspect.artifact.internal.jinja;

/** A text that Jinja would not take either, or that is larger than any template. */
final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int at;

  TemplateException(String message, int at) {
    super(message);
    this.at = at;
  }

  /** Where, in characters. */
  int at() {
    return at;
  }
}
