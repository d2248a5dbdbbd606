package dev.redoubt.app.cli;

import dev.redoubt.core.Extension;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.runtime.program.AssessorProgram;
import dev.redoubt.runtime.program.ProgramSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Programs of the user's that look at components. */
final class AssessorOptions {
  @Option(
      names = "--assessor",
      paramLabel = "COMMAND",
      description =
          "Program that looks at components, too, such as 'python3 assessor.py'; may be repeated.")
  List<String> assessors = List.of();

  @Option(
      names = "--assessor-silence",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description =
          "An assessor program that says nothing for so long is killed. Default: ${DEFAULT-VALUE}.")
  int silence = 300;

  /** Starts those of the options and of a description. */
  Programs start(Path description) throws InterruptedException {
    List<ProgramSpec> specs = new ArrayList<>();
    for (String command : assessors) {
      specs.add(spec(CommandWords.of("--assessor", command), Workspace.here().base()));
    }
    for (Extension extension : RedoubtYaml.extensions(description)) {
      if (extension.role() == Extension.Role.ASSESSOR) {
        specs.add(spec(extension.command(), Workspace.of(description).base()));
      }
    }
    List<AssessorProgram> programs = new ArrayList<>();
    boolean open = false;
    try {
      for (ProgramSpec spec : specs) {
        programs.add(
            AidOpener.started(
                () -> AssessorProgram.start(spec, Duration.ofSeconds(Math.max(1, silence)))));
      }
      open = true;
      return new Programs(programs);
    } finally {
      if (!open) {
        programs.forEach(AssessorProgram::close);
      }
    }
  }

  private static ProgramSpec spec(List<String> command, Path folder) {
    return new ProgramSpec(command, folder, Map.of(), ProgramSpec.START_TIMEOUT);
  }

  /** The options as they were given. */
  String repeated() {
    StringBuilder command = new StringBuilder();
    assessors.forEach(c -> command.append(" --assessor '").append(c).append('\''));
    return command.toString();
  }
}
