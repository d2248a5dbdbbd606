package dev.redoubt.app.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The environment with other people's clients and checkers, which the test command makes. */
final class Python {
  private static final String VARIABLE = "REDOUBT_PYTHON";

  private Python() {}

  /** Its interpreter; where there is none, the test is skipped and says so. */
  static Path require() {
    String named = System.getenv().getOrDefault(VARIABLE, "");
    assumeTrue(
        !named.isEmpty() && Files.isExecutable(Path.of(named)),
        "NOT RUN: "
            + VARIABLE
            + " names no Python with build/requirements-test.txt; use: redoubt test");
    return Path.of(named);
  }
}
