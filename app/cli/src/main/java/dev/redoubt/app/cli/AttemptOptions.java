package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Repeater;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.Limits;
import java.io.PrintWriter;
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

  /** Makes the attempt again as often as somebody asks; starts what the description asks for. */
  Again again(Limits limits, PrintWriter err) throws InterruptedException {
    RunFolder folder = folder();
    LiveSystem live = LiveSystem.of(folder, err);
    boolean open = false;
    try {
      Repeater repeater =
          Repeater.open(folder, attempt, live.environment(), limits, new AidOpener(err));
      open = true;
      return new Again(live, repeater);
    } finally {
      if (!open) {
        live.close();
      }
    }
  }

  /**
   * An attempt that can be made again, on its running target.
   *
   * @param live the system
   * @param repeater makes it
   */
  record Again(LiveSystem live, Repeater repeater) implements AutoCloseable {
    @Override
    public void close() {
      repeater.close();
      live.close();
    }
  }
}
