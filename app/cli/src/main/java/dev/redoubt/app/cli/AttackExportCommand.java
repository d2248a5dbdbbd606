package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.RegressionPack;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.AtomicFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = "Write the attacks of a run that won as a test pack for CI.",
    footer = {
      "",
      "Examples:",
      "  redoubt attack export last --regression attacks.json",
      "  redoubt attack regress attacks.json redoubt.yaml"
    })
final class AttackExportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "RUN|last", description = "Id of the run, or last.")
  String run = "last";

  @Option(
      names = "--regression",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the pack: what the attacker said, nothing of what came back.")
  Path file = Path.of("");

  @Override
  public Integer call() {
    RunFolder folder = RunFolder.open(Workspace.here().runs(), run);
    RegressionPack pack = RegressionPack.of(folder);
    if (pack.attacks().isEmpty()) {
      throw new UsageException(
          "no attack of run '" + folder.id() + "' won; there is nothing to export");
    }
    ReportFiles.requireWritable("--regression", file);
    AtomicFiles.write(file, pack.json());
    spec.commandLine()
        .getOut()
        .println(pack.attacks().size() + " attacks of run " + folder.id() + ": " + file);
    return ExitCode.OK;
  }
}
