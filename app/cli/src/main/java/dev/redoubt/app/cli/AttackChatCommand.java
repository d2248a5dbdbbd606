package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Aids;
import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.CampaignSpec;
import dev.redoubt.attack.chat.LiveAids;
import dev.redoubt.attack.chat.Plan;
import dev.redoubt.attack.chat.Probes;
import dev.redoubt.attack.chat.ProgramProbes;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.attack.chat.Target;
import dev.redoubt.attack.chat.Technique;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.OwnWords;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.Severity;
import dev.redoubt.core.UsageException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "chat",
    description =
        "Attack an endpoint that a redoubt.yaml describes, or any OpenAI-compatible one; verdicts come from planted facts only.",
    footer = {
      "",
      "Examples:",
      "  redoubt attack chat --url http://127.0.0.1:8080/v1 \\",
      "      --objective secret-leak --fact KEY=k-92kfe81hs",
      "  redoubt attack chat redoubt.yaml --endpoint helpdesk --objective secret-leak \\",
      "      --technique pair --attacker local",
      "  redoubt attack chat redoubt.yaml --probe 'python3 probe.py' --judge 'python3 judge.py'",
      "  redoubt attack chat --url https://host/v1 --header 'Authorization: Bearer T' \\",
      "      --objective secret-leak --fact KEY=k-92kfe81hs --technique direct \\",
      "      --technique role-play+base64 --repetitions 5 --concurrency 4 --json out.json",
      "  redoubt attack chat redoubt.yaml --objective worm --population 8",
      "",
      "Plant the facts first: put a value that stands nowhere else into the prompt or the documents of the target.",
      "Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 wrong usage, 3 no verdict or unreachable,",
      "an attacker's model that can't be reached is 3 too; 130 Ctrl-C (what was found is kept; redoubt attack resume last goes on)."
    })
final class AttackChatCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin TargetOptions target = new TargetOptions();

  @Option(
      names = "--objective",
      paramLabel = "O",
      description = "What the attacker wants; may be repeated. All when absent.")
  List<String> objectives = List.of();

  @Option(
      names = "--technique",
      paramLabel = "T",
      description =
          "How a request is dressed; may be repeated, and chained: role-play+base64. The five standard ones when absent; see redoubt rules list.")
  List<String> techniques = List.of();

  @Option(names = "--full", description = "Use every technique rather than the standard ones.")
  boolean full;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "3",
      description = "Attempts of each objective by each technique. Default: ${DEFAULT-VALUE}.")
  int repetitions = 3;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "1",
      description = "Most calls at the same time. Default: ${DEFAULT-VALUE}.")
  int concurrency = 1;

  @Mixin LimitOptions limits = new LimitOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the run; drawn and printed when absent.")
  @Nullable Long seed;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "0.7",
      description = "Sampling temperature, above 0. Default: ${DEFAULT-VALUE}.")
  double temperature = 0.7;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Time for one call. Default: ${DEFAULT-VALUE}.")
  int timeout = 60;

  @Option(
      names = "--stop-width",
      paramLabel = "W",
      description = {
        "Stop an objective early once the 95 %% interval of its rate is at most this wide, such as 0.3.",
        "Its interval is a confidence sequence then: wider, but valid however early it stops."
      })
  @Nullable Double stopWidth;

  @Option(
      names = "--population",
      paramLabel = "N",
      description = {
        "Follow a worm through N mailboxes of groundTruth.mail to its end, and give its reproduction number:",
        "how many others an infected mailbox infects, with the interval. Other objectives take no notice."
      })
  @Nullable Integer population;

  @Mixin OwnWordsOption ownWords = new OwnWordsOption();
  @Mixin AttackerOptions attackers = new AttackerOptions();
  @Mixin ExtensionOptions extensions = new ExtensionOptions();
  @Mixin ResultOptions wanted = new ResultOptions();

  @Override
  public Integer call() throws Exception {
    BooleanSupplier stop = Interrupts.install();
    Severity threshold = wanted.threshold();
    objectives.forEach(Probes.shipped()::objective);
    chooseTechniques();
    Path description = target.description();
    if (description == null && ownWords.share(OwnWords.OFF) != OwnWords.OFF) {
      throw new UsageException(
          "--own-words composes requests of a description; give a redoubt.yaml in the place of"
              + " --url");
    }
    URI sampleModel = target.sampleModel.base();
    PrintWriter err = spec.commandLine().getErr();
    if (description == null) {
      return attack(Workspace.here(), threshold, stop, null);
    }
    try (LiveSystem live = LiveSystem.open(description, System.getenv(), sampleModel, err)) {
      return attack(
          Workspace.of(description),
          threshold,
          stop,
          new Described(description, live.system(), sampleModel));
    }
  }

  /** A system that a file describes. */
  private record Described(Path file, AiSystem system, @Nullable URI sampleModel) {}

  private int attack(
      Workspace workspace, Severity threshold, BooleanSupplier stop, @Nullable Described described)
      throws Exception {
    CampaignSpec asked = campaign();
    Aids chosen = extensions.aids(attackers.choice(), described == null ? null : described.file());
    AiSystem byOptions = described == null ? target.described() : described.system();
    RunOutput output = new RunOutput(spec, workspace, wanted.json, threshold);
    RunFolder folder = RunFolder.create(workspace.runs());
    RunCredentials credentials = RunCredentials.keep(folder, Options.headers(target.headers));
    Path file;
    AiSystem system;
    Endpoint endpoint;
    if (described == null) {
      file = folder.path().resolve(RedoubtYaml.FILE_NAME);
      system = RedoubtYaml.write(byOptions, file, credentials.variables());
      endpoint = (Endpoint) system.component(TargetOptions.ENDPOINT).orElseThrow();
    } else {
      file = described.file();
      system = byOptions;
      endpoint = target.endpoint.of(system, file);
      LiveSystem.keepModel(folder, described.sampleModel());
    }
    Target attacked = Target.described(system, endpoint, file);
    CampaignResult result;
    // Planned once before any program is started: what is wrong is told at once.
    Campaign.plan(asked, attacked);
    try (LiveAids aids = new AidOpener(spec.commandLine().getErr()).open(chosen)) {
      Aids answered =
          ProgramProbes.ask(
              chosen, aids, system, endpoint, objectives, asked.seed(), asked.timeout());
      Plan plan = Campaign.plan(asked.withAids(answered), attacked);
      try (CampaignPrinter listener = printer(folder, stop)) {
        result = Campaign.run(plan, folder, listener, aids);
      }
    }
    if (result.stopped() == null) {
      credentials.forget();
    }
    return output.finish(
        folder,
        system,
        List.of(result),
        new Coverage(List.of(), List.of()),
        repeatCommand(asked.seed()));
  }

  private CampaignPrinter printer(RunFolder folder, BooleanSupplier stop) {
    PrintWriter out = spec.commandLine().getOut();
    return new CampaignPrinter(spec.commandLine().getErr(), stop) {
      @Override
      public void started(Plan begun, int taped) {
        // Only now could the run be resumed, and nothing has been called yet.
        out.println("run: " + folder.id());
        out.flush();
        super.started(begun, taped);
      }
    };
  }

  private void chooseTechniques() {
    if (full && !techniques.isEmpty()) {
      throw new UsageException("--full uses every technique; leave out --technique, or --full");
    }
    techniques.forEach(Probes.shipped()::technique);
  }

  private CampaignSpec campaign() {
    try {
      return CampaignSpec.of(
              seed == null ? Math.floorMod(new SecureRandom().nextLong(), 1L << 31) : seed)
          .withObjectives(objectives)
          .withTechniques(
              full
                  ? Probes.shipped().techniques().stream().map(Technique::id).toList()
                  : techniques)
          .withRepetitions(repetitions)
          .withConcurrency(concurrency)
          .withLimits(limits.limits())
          .withStopWidth(stopWidth)
          .withPopulation(population())
          .withTemperature(temperature)
          .withTimeout(Duration.ofSeconds(timeout))
          .withOwnWords(ownWords.share(OwnWords.OFF));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private int population() {
    if (population != null && population < 2) {
      throw new UsageException("--population: takes 2 mailboxes or more, not " + population);
    }
    return population == null ? 0 : population;
  }

  /** The command that makes the same calls; header and fact values are left for the user. */
  private String repeatCommand(long usedSeed) {
    StringBuilder command = new StringBuilder("redoubt attack chat").append(target.repeated());
    objectives.forEach(o -> command.append(" --objective ").append(o));
    if (full) {
      command.append(" --full");
    }
    techniques.forEach(t -> command.append(" --technique ").append(t));
    command.append(" --repetitions ").append(repetitions);
    command.append(limits.repeated()).append(ownWords.repeated()).append(attackers.repeated());
    command.append(extensions.repeated());
    if (population != null) {
      command.append(" --population ").append(population);
    }
    if (stopWidth != null) {
      command.append(" --stop-width ").append(stopWidth);
    }
    return command
        .append(" --temperature ")
        .append(temperature)
        .append(" --seed ")
        .append(usedSeed)
        .toString();
  }
}
