package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "resume",
    description = "Go on with a run that was cut off: no call on its tape is sent again.",
    footer = {"", "Example: redoubt attack resume last --json out.json"})
final class AttackResumeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "RUN|last",
      description = "Id of the run, as its first line printed it, or last.")
  String run = "last";

  @Option(names = "--json", paramLabel = "FILE", description = "Write the assessment as JSON.")
  @Nullable Path json;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "low",
      description = "Least severity that ends with 1. Default: ${DEFAULT-VALUE}.")
  String failOn = "low";

  @Override
  public Integer call() throws Exception {
    BooleanSupplier stop = Interrupts.install();
    Severity threshold = Options.severity(failOn);
    Workspace workspace = Workspace.here();
    RunFolder folder = RunFolder.open(workspace.runs(), run);
    AiSystem system = RedoubtYaml.read(folder.path().resolve(RedoubtYaml.FILE_NAME));
    spec.commandLine().getOut().println("run: " + folder.id());
    spec.commandLine().getOut().flush();
    CampaignPrinter listener = new CampaignPrinter(spec.commandLine().getErr(), stop);
    List<CampaignResult> results;
    try (listener) {
      results = Campaign.resume(folder, listener);
    }
    return new RunOutput(spec, workspace, json, threshold)
        .finish(system, results.getFirst(), "redoubt attack resume " + folder.id());
  }
}
