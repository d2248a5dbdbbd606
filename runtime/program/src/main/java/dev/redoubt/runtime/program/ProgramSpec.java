package dev.redoubt.runtime.program;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start a program.
 *
 * @param command the program and its arguments, as they are: no shell reads them
 * @param folder the folder that it runs in, which is the one of {@code redoubt.yaml}
 * @param environment variables that it gets beside ours
 * @param startTimeout longest time until it says that it is ready
 * @since 0.1.0
 */
public record ProgramSpec(
    List<String> command, Path folder, Map<String, String> environment, Duration startTimeout) {
  /** Time to start of a program that says nothing else; a model may have to be loaded. */
  public static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private static final int SHOWN = 120;

  public ProgramSpec {
    command = List.copyOf(command);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException(
          "a program needs a command, such as [python3, target.py], not " + command);
    }
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException(
          "the time to start must be more than 0, not " + startTimeout);
    }
  }

  /** A program with nothing but our environment and the usual time to start. */
  public static ProgramSpec of(Path folder, String... command) {
    return new ProgramSpec(List.of(command), folder, Map.of(), START_TIMEOUT);
  }

  /** How messages name the program. */
  String shown() {
    return "program '" + Text.oneLine(String.join(" ", command), SHOWN) + "'";
  }

  /** Without the values of the environment: they are credentials more often than not. */
  @Override
  public String toString() {
    return "ProgramSpec[" + shown() + " in " + folder + ", " + environment.keySet() + "]";
  }
}
