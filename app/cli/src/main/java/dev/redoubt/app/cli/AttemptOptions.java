package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Repeater;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.Limits;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which attempt of which run a command works on. */
final class AttemptOptions {
  @Parameters(
      paramLabel = "ATTEMPT",
      description = "Id of the attempt, such as run/secret-leak/direct/0; reports show it.")
  String attempt = "";

  @Option(
      names = "--run",
      paramLabel = "RUN|last",
      defaultValue = "last",
      description = "Id of the run that it belongs to. Default: ${DEFAULT-VALUE}.")
  String run = "last";

  RunFolder folder() {
    return RunFolder.open(Workspace.here().runs(), run);
  }

  /** Makes the attempt again as often as somebody asks. */
  Repeater repeater(Limits limits) {
    RunFolder folder = folder();
    return Repeater.open(folder, attempt, RunCredentials.of(folder).environment(), limits);
  }
}
