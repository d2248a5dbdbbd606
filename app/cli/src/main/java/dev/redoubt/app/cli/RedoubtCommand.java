package dev.redoubt.app.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command tree. */
@Command(
    name = "redoubt",
    description =
        "The workbench of an AI security engineer: attack, inspect, guard, govern, learn.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  redoubt demo",
      "  redoubt attack chat --url http://127.0.0.1:8080/v1 \\",
      "      --objective secret-leak --fact KEY=k-92kfe81hs",
      "  redoubt guard check --role answer \"write to jane@example.com\"",
      "",
      "Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 unreachable or unreadable, 130 Ctrl-C.",
      "`./redoubt test` in a checkout runs all tests."
    })
final class RedoubtCommand implements Runnable {
  /** The commands, in the order of the help. */
  static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          InitCommand.class,
          AttackCommand.class,
          InspectCommand.class,
          GuardCommand.class,
          AssessCommand.class,
          ReportCommand.class,
          BaselineCommand.class,
          RulesCommand.class,
          ModelCommand.class,
          CanaryCommand.class,
          DoctorCommand.class,
          CompletionCommand.class,
          TrainingCommand.class);

  @Spec CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Prints the usage of a command that only groups others. */
  static void usage(CommandSpec group) {
    CommandLine line = group.commandLine();
    throw new CommandLine.ParameterException(
        line, "a command is missing after '" + group.qualifiedName() + "'");
  }
}
