package dev.redoubt.attack.chat;

import dev.redoubt.runtime.program.ProgramSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that a run asks: where it lies, and what for.
 *
 * @param command the program and its arguments, as they are: no shell reads them
 * @param folder the folder that it runs in
 * @param objectives ids of the objectives that it is for; empty for a probe that is for all, and
 *     for a judge that decides where the description lacks the ground truth
 * @since 0.1.0
 */
public record ProgramChoice(List<String> command, Path folder, List<String> objectives) {
  public ProgramChoice {
    command = List.copyOf(command);
    objectives = List.copyOf(objectives);
  }

  /** How to start it. */
  public ProgramSpec spec() {
    return new ProgramSpec(command, folder, Map.of(), ProgramSpec.START_TIMEOUT);
  }

  /** The command in one line. */
  public String shown() {
    return String.join(" ", command);
  }
}
