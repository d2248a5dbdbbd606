package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Severity;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin ResultOptions wanted = new ResultOptions();

  @Override
  public Integer call() throws Exception {
    BooleanSupplier stop = Interrupts.install();
    Severity threshold = wanted.threshold();
    Workspace workspace = Workspace.here();
    RunFolder folder = RunFolder.open(workspace.runs(), run);
    RunOutput output = new RunOutput(spec, workspace, wanted.json, threshold);
    RunCredentials credentials = RunCredentials.of(folder);
    PrintWriter err = spec.commandLine().getErr();
    try (LiveSystem live = LiveSystem.of(folder, err)) {
      spec.commandLine().getOut().println("run: " + folder.id());
      spec.commandLine().getOut().flush();
      List<CampaignResult> results;
      try (CampaignPrinter listener = new CampaignPrinter(err, stop)) {
        results = Campaign.resume(folder, live.environment(), listener, new AidOpener(err));
      }
      if (results.stream().allMatch(r -> r.stopped() == null)) {
        credentials.forget();
      }
      return output.finish(
          folder,
          live.system(),
          results,
          notBegun(live.system(), results),
          "redoubt attack resume " + folder.id());
    }
  }

  /** A run of assess that was killed may have components that it never came to. */
  private static Coverage notBegun(AiSystem system, List<CampaignResult> results) {
    Set<String> begun = new HashSet<>();
    for (CampaignResult result : results) {
      result.coverage().tested().forEach(item -> begun.add(item.component()));
      result.coverage().notTested().forEach(gap -> begun.add(gap.component()));
    }
    return new Coverage(
        List.of(),
        system.components().stream()
            .filter(component -> !begun.contains(component.name()))
            .map(component ->
                new Coverage.Gap(
                    component.name(),
                    component.name(),
                    "nothing of it is in this run; redoubt assess looks at every component"))
            .toList());
  }
}
