package dev.redoubt.app.cli;

/** The documented exit codes; scripts and CI depend on them. */
final class ExitCode {
  /** Nothing at or above {@code --fail-on}. */
  static final int OK = 0;

  /** Findings, or a demo that says FAILED. */
  static final int FINDINGS = 1;

  /** Wrong usage or configuration. */
  static final int USAGE = 2;

  /** A target, file or service could not be reached or read, or a crash. */
  static final int UNREACHABLE = 3;

  /** Stopped by Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
