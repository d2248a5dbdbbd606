package dev.redoubt.app.report.internal;

/** How the files name the program that wrote them. */
final class Tool {
  static final String NAME = "Redoubt";
  static final String INFORMATION_URI = "https://redoubt.dev/";

  private Tool() {}
}
