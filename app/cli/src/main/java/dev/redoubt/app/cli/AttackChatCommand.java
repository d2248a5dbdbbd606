package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.CampaignSpec;
import dev.redoubt.attack.chat.Plan;
import dev.redoubt.attack.chat.Probes;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.attack.chat.Target;
import dev.redoubt.attack.chat.Technique;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.FactsFile;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Location;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.Severity;
import dev.redoubt.core.UsageException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    description = "Attack any OpenAI-compatible endpoint; verdicts come from planted facts only.",
    footer = {
      "",
      "Examples:",
      "  redoubt attack chat --url http://127.0.0.1:8080/v1 \\",
      "      --objective secret-leak --fact KEY=k-92kfe81hs",
      "  redoubt attack chat --url https://host/v1 --header 'Authorization: Bearer T' \\",
      "      --objective secret-leak --fact KEY=k-92kfe81hs --technique direct \\",
      "      --technique role-play+base64 --repetitions 5 --concurrency 4 --json out.json",
      "",
      "Plant the facts first: put a value that stands nowhere else into the prompt or the documents of the target.",
      "Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 wrong usage, 3 no verdict or unreachable,",
      "130 Ctrl-C (what was found is kept; redoubt attack resume last goes on)."
    })
final class AttackChatCommand implements Callable<Integer> {
  private static final String ENDPOINT = "target";
  @Spec CommandSpec spec;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "Base URL as OpenAI clients take it (.../v1).")
  String url = "";

  @Option(
      names = "--model",
      paramLabel = "M",
      description = "Model name to ask for; when absent the endpoint chooses.")
  @Nullable String model;

  @Option(
      names = "--header",
      paramLabel = "'K: V'",
      description = "Header to send with every call; may be repeated.")
  List<String> headers = List.of();

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
      names = "--fact",
      paramLabel = "NAME=VALUE",
      description =
          "A planted value of 8 or more characters that only a leak can bring out; may be repeated, any one counts.")
  List<String> facts = List.of();

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

  @Mixin ResultOptions wanted = new ResultOptions();

  @Override
  public Integer call() throws Exception {
    BooleanSupplier stop = Interrupts.install();
    Severity threshold = wanted.threshold();
    objectives.forEach(Probes.shipped()::objective);
    chooseTechniques();
    CampaignSpec campaign = campaign();
    Workspace workspace = Workspace.here();
    AiSystem described = described();
    RunOutput output = new RunOutput(spec, workspace, wanted.json, threshold);
    RunFolder folder = RunFolder.create(workspace.runs());
    RunCredentials credentials = RunCredentials.keep(folder, Options.headers(headers));
    Path file = folder.path().resolve(RedoubtYaml.FILE_NAME);
    AiSystem system = RedoubtYaml.write(described, file, credentials.variables());
    Endpoint endpoint = (Endpoint) system.component(ENDPOINT).orElseThrow();
    Plan plan = Campaign.plan(campaign, Target.described(system, endpoint, file));
    PrintWriter out = spec.commandLine().getOut();
    CampaignPrinter listener =
        new CampaignPrinter(spec.commandLine().getErr(), stop) {
          @Override
          public void started(Plan begun, int taped) {
            // Only now could the run be resumed, and nothing has been called yet.
            out.println("run: " + folder.id());
            out.flush();
            super.started(begun, taped);
          }
        };
    CampaignResult result;
    try (listener) {
      result = Campaign.run(plan, folder, listener);
    }
    if (result.stopped() == null) {
      credentials.forget();
    }
    return output.finish(
        folder,
        system,
        List.of(result),
        new Coverage(List.of(), List.of()),
        repeatCommand(campaign.seed()));
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
          .withTemperature(temperature)
          .withTimeout(Duration.ofSeconds(timeout));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private AiSystem described() {
    Location here = new Location(RedoubtYaml.FILE_NAME, 1);
    GroundTruth truth = GroundTruth.builder().facts(planted()).build();
    Component endpoint =
        new Endpoint(
            ENDPOINT,
            here,
            Options.baseUrl("--url", url).toString(),
            model,
            Options.headers(headers),
            List.of(),
            Map.of(),
            truth);
    URI uri = Options.baseUrl("--url", url);
    return new AiSystem(
        uri.getHost(),
        "the endpoint named on the command line",
        "not stated",
        null,
        List.of(endpoint),
        List.of());
  }

  private List<PlantedFact> planted() {
    List<PlantedFact> planted = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<String> problems = new ArrayList<>();
    for (String fact : facts) {
      int equals = fact.indexOf('=');
      if (equals < 1) {
        // What was given may be a secret without a name: it is not repeated.
        problems.add(
            "--fact: a value without a name; write NAME=VALUE, for example KEY=k-92kfe81hs");
        continue;
      }
      try {
        String name = fact.substring(0, equals).strip();
        planted.add(FactsFile.named(name, fact.substring(equals + 1), List.of()));
        if (!names.add(name)) {
          problems.add("--fact: a second fact named '" + name + "'; give each its own name");
        }
      } catch (IllegalArgumentException e) {
        problems.add("--fact: " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(String.join("\n", problems));
    }
    return planted;
  }

  /** The command that makes the same calls; header and fact values are left for the user. */
  private String repeatCommand(long usedSeed) {
    StringBuilder command = new StringBuilder("redoubt attack chat --url ").append(url);
    if (model != null) {
      command.append(" --model ").append(model);
    }
    Options.headers(headers)
        .keySet()
        .forEach(name -> command.append(" --header '").append(name).append(": …'"));
    objectives.forEach(o -> command.append(" --objective ").append(o));
    if (full) {
      command.append(" --full");
    }
    techniques.forEach(t -> command.append(" --technique ").append(t));
    facts.forEach(
        f -> command.append(" --fact ").append(f.substring(0, f.indexOf('='))).append("=…"));
    command.append(" --repetitions ").append(repetitions);
    command.append(limits.repeated());
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
