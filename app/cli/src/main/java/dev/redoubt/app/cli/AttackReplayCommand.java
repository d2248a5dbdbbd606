package dev.redoubt.app.cli;

import dev.redoubt.app.report.Report;
import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignListener;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.Severity;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = {
      "Judge a run anew from its tape, without a single call.",
      "The same rules give the same assessment, byte for byte; newer rules give their own verdicts."
    },
    footer = {"", "Example: redoubt attack replay last --json again.json"})
final class AttackReplayCommand implements Callable<Integer> {
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
    RunFile about = RunFile.read(folder);
    spec.commandLine().getOut().println("run: " + folder.id());
    Path description = about.description();
    return description == null
        ? attack(workspace, folder, about, threshold)
        : assessment(folder, description, about, threshold, stop);
  }

  private int attack(Workspace workspace, RunFolder folder, RunFile about, Severity threshold) {
    RunOutput output = new RunOutput(spec, workspace, wanted.json, threshold);
    try (LiveSystem still = LiveSystem.still(folder)) {
      return output.replayed(
          still.system(),
          Campaign.replay(folder, still.environment(), CampaignListener.NONE),
          about);
    }
  }

  private int assessment(
      RunFolder folder, Path description, RunFile about, Severity threshold, BooleanSupplier stop)
      throws Exception {
    AiSystem system =
        RedoubtYaml.read(
            description,
            RedoubtYaml.start(description)
                .map(SampleSystem::environment)
                .orElseGet(System::getenv));
    try (RunContext context =
        new RunContext(
                about.seed(),
                folder.id(),
                folder.path(),
                Workspace.of(description).base(),
                about.limits(),
                stop,
                spec.commandLine().getErr())
            .withoutCalls()) {
      AssessRun assessed = new AssessRun(system, context, TapedAssessor.replayed(folder));
      assessed.assess();
      TapedAssessor.failures(folder).forEach(assessed::error);
      Report report = assessed.report(about);
      AssessCommand.print(spec.commandLine().getOut(), report);
      if (wanted.json != null) {
        ReportFiles.write("json", report, wanted.json);
      }
      return AssessCommand.exitCode(report, threshold);
    }
  }
}
