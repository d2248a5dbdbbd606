package dev.redoubt.runtime.injection;

/** The model of the second stage is missing, is another than it should be, or failed. */
public final class InjectionModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InjectionModelException(String message) {
    super(message);
  }

  InjectionModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
