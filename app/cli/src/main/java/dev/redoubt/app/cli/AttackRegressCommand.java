package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.CampaignSpec;
import dev.redoubt.attack.chat.Plan;
import dev.redoubt.attack.chat.RegressionPack;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.attack.chat.Target;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.UsageException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "regress",
    description = "Make the attacks of a test pack again: none of them may win.",
    footer = {
      "",
      "Example: redoubt attack regress attacks.json redoubt.yaml --repetitions 3",
      "",
      "Exit codes: 0 none won, 1 one did, 3 some could not be judged at all."
    })
final class AttackRegressCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PACK", description = "The pack.")
  Path pack = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "redoubt.yaml",
      defaultValue = RedoubtYaml.FILE_NAME,
      description = "Description of the system. Default: ${DEFAULT-VALUE}.")
  Path file = Path.of(RedoubtYaml.FILE_NAME);

  @Mixin EndpointOption endpoint = new EndpointOption();
  @Mixin SampleModelOption sampleModel = new SampleModelOption();

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often each attack is made. Default: ${DEFAULT-VALUE}.")
  int repetitions = 1;

  @Mixin LimitOptions limits = new LimitOptions();

  @Mixin ResultOptions wanted = new ResultOptions();

  @Override
  public Integer call() throws Exception {
    BooleanSupplier stop = Interrupts.install();
    if (!Files.exists(file)) {
      throw new UsageException(file + ": no such file; describe the system there");
    }
    RegressionPack attacks = RegressionPack.read(pack);
    PrintWriter err = spec.commandLine().getErr();
    URI model = sampleModel.base();
    try (LiveSystem live = LiveSystem.open(file, System.getenv(), model, err)) {
      AiSystem system = live.system();
      Workspace workspace = Workspace.of(file);
      RunOutput output = new RunOutput(spec, workspace, wanted.json, wanted.threshold());
      Plan plan =
          attacks.plan(
              Target.described(system, endpoint.of(system, file), file), campaign(attacks));
      RunFolder folder = RunFolder.create(workspace.runs());
      spec.commandLine().getOut().println("run: " + folder.id());
      CampaignResult result;
      try (CampaignPrinter printer = new CampaignPrinter(err, stop)) {
        result = Campaign.run(plan, folder, printer);
      }
      return output.finish(
          folder,
          system,
          List.of(result),
          new Coverage(List.of(), List.of()),
          "redoubt attack regress " + pack + " " + file + " --repetitions " + repetitions);
    }
  }

  private CampaignSpec campaign(RegressionPack attacks) {
    try {
      return CampaignSpec.of(attacks.seed())
          .withPass(Campaign.REGRESSION)
          .withRepetitions(repetitions)
          .withLimits(limits.limits());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
