package dev.redoubt.app.cli;

import dev.redoubt.core.Severity;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the results of a run go, and which of them end it with 1. */
final class ResultOptions {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the assessment as JSON to a file of your choice.")
  @Nullable Path json;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "low",
      description =
          "Least severity that ends with 1: info, low, medium, high, critical. Default: ${DEFAULT-VALUE}.")
  private String failOn = "low";

  /** The least severity that ends a command with 1. */
  Severity threshold() {
    return Options.severity(failOn);
  }
}
