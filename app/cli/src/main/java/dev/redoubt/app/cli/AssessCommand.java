package dev.redoubt.app.cli;

import dev.redoubt.app.report.OverRefusal;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Summary;
import dev.redoubt.attack.chat.Aids;
import dev.redoubt.attack.chat.LentAids;
import dev.redoubt.attack.chat.LiveAids;
import dev.redoubt.attack.chat.ObjectiveRate;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Limits;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.OwnWords;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.Severity;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "assess",
    description = "Assess everything that a redoubt.yaml describes, and say what was not tested.",
    footer = {
      "",
      "Examples:",
      "  redoubt assess",
      "  redoubt assess system/redoubt.yaml --max-calls 60 --out report --fail-on high",
      "  redoubt assess --probe 'python3 probe.py' --assessor 'python3 assessor.py'",
      "  redoubt assess --full --attacker local --max-minutes 60",
      "  redoubt assess --own-words only --json own.json",
      "  redoubt assess --full samples/acme-helpdesk/redoubt.yaml --max-minutes 30"
    })
final class AssessCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "redoubt.yaml",
      defaultValue = RedoubtYaml.FILE_NAME,
      description = "Description of the system. Default: ${DEFAULT-VALUE}.")
  Path file = Path.of(RedoubtYaml.FILE_NAME);

  @Mixin LimitOptions limits = new LimitOptions();
  @Mixin AcceptOptions accepts = new AcceptOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the run; drawn and printed when absent.")
  @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "redoubt-report",
      description = "Folder for the report. Default: ./${DEFAULT-VALUE}.")
  Path out = Path.of("redoubt-report");

  @Mixin AttackerOptions attackers = new AttackerOptions();
  @Mixin ExtensionOptions extensions = new ExtensionOptions();
  @Mixin AssessorOptions assessors = new AssessorOptions();
  @Mixin ResultOptions wanted = new ResultOptions();

  @Option(
      names = "--full",
      description = "Use every technique, once each, rather than the standard ones.")
  boolean full;

  @Mixin OwnWordsOption ownWords = new OwnWordsOption();

  @Mixin SampleModelOption sampleModel = new SampleModelOption();

  @Override
  public Integer call() throws Exception {
    BooleanSupplier stop = Interrupts.install();
    Severity threshold = wanted.threshold();
    if (!Files.exists(file)) {
      throw new UsageException(
          file + ": no such file; describe the system there, see docs/redoubt-yaml.md");
    }
    Limits most = limits.limits();
    URI model = sampleModel.base();
    Aids aids = extensions.aids(attackers.choice(), file);
    PrintWriter err = spec.commandLine().getErr();
    try (LiveSystem live = LiveSystem.open(file, System.getenv(), model, err);
        LiveAids open = new AidOpener(err).open(aids);
        Programs programs = assessors.start(file)) {
      return assess(
          live.system(), most, threshold, stop, new LentAids(aids, open), programs, model);
    }
  }

  private int assess(
      AiSystem system,
      Limits most,
      Severity threshold,
      BooleanSupplier stop,
      LentAids aids,
      Programs programs,
      @Nullable URI model)
      throws IOException {
    ReportFiles.requireWritableFolder("--out", out);
    if (wanted.json != null) {
      ReportFiles.requireWritable("--json", wanted.json);
    }
    Workspace workspace = Workspace.of(file);
    Accepted accepted = accepts.read(workspace.base());
    RunFolder folder = RunFolder.create(workspace.runs());
    LiveSystem.keepModel(folder, model);
    long used = seed == null ? Math.floorMod(new SecureRandom().nextLong(), 1L << 31) : seed;
    RunContext context =
        new RunContext(
                used,
                folder.id(),
                folder.path(),
                workspace.base(),
                most,
                stop,
                spec.commandLine().getErr())
            .thorough(full)
            .lend(aids)
            .ownWords(ownWords.share(OwnWords.ON));
    AssessRun run = new AssessRun(system, context, programs.assessors(folder));
    run.check();
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println("run: " + folder.id());
    stdout.flush();
    Instant started = Instant.now();
    run.assess();
    context.close();
    programs.failures().forEach(run::error);
    if (stop.getAsBoolean()) {
      run.error(
          "stopped by the user; go on with: redoubt attack resume "
              + folder.id()
              + (workspace.equals(Workspace.here()) ? "" : ", in the folder of " + file));
    }
    run.errors()
        .forEach(error ->
            spec.commandLine()
                .getErr()
                .println("redoubt: " + Words.safe(error, Integer.MAX_VALUE)));
    RunFile about =
        new RunFile(
            RunFile.ASSESS,
            "redoubt assess "
                + (full ? "--full " : "")
                + file
                + limits.repeated()
                + attackers.repeated()
                + extensions.repeated()
                + assessors.repeated()
                + ownWords.repeated()
                + " --seed "
                + used,
            started,
            Duration.between(started, Instant.now()),
            used,
            most,
            file.toAbsolutePath());
    about.write(folder);
    Report report = run.report(about);
    print(stdout, report);
    ReportFiles.writeAll(report, out);
    stdout.println("report: " + out.resolve("index.html"));
    if (wanted.json != null) {
      ReportFiles.write("json", report, wanted.json);
    }
    StoredRuns.save(workspace, "assess", report);
    return exitCode(AcceptOptions.open(stdout, accepted, report), report, threshold);
  }

  static void print(PrintWriter stdout, Report report) {
    Map<String, List<Attempt>> byObjective = new LinkedHashMap<>();
    report
        .attempts()
        .forEach(a -> byObjective.computeIfAbsent(a.objective(), o -> new ArrayList<>()).add(a));
    byObjective.forEach((objective, attempts) ->
        stdout.println(RunOutput.line(ObjectiveRate.of(objective, attempts))));
    if (!report.twins().isEmpty()) {
      stdout.println("over-refusal: " + OverRefusal.of(report.twins()).line());
    }
    Summary summary = Summary.of(report);
    stdout.println(summary.leaked());
    stdout.println("money and obligations: " + summary.obligations());
    for (Coverage.Gap gap : report.assessment().coverage().notTested()) {
      stdout.println("not tested: " + gap.component() + ", " + gap.what() + ": " + gap.reason());
    }
    stdout.flush();
  }

  static int exitCode(Report report, Severity threshold) {
    return exitCode(report.assessment().findings(), report, threshold);
  }

  private static int exitCode(List<Finding> open, Report report, Severity threshold) {
    if (open.stream().anyMatch(f -> f.severity().atLeast(threshold))) {
      return ExitCode.FINDINGS;
    }
    if (!report.execution().errors().isEmpty()) {
      return ExitCode.UNREACHABLE;
    }
    Set<String> judged =
        report.attempts().stream()
            .filter(a -> a.outcome() != Outcome.UNASSESSED)
            .map(Attempt::objective)
            .collect(Collectors.toSet());
    boolean silent =
        report.attempts().stream()
            .filter(a -> judged.isEmpty() || !isWithoutGroundTruth(a))
            .anyMatch(a -> !judged.contains(a.objective()));
    return silent ? ExitCode.UNREACHABLE : ExitCode.OK;
  }

  /**
   * An assessment runs what applies: a system without tools has no limit of a tool to break. What
   * was left out for want of ground truth is listed as not tested; what was sent and got no
   * verdict, or did not fit the budget, is a failure.
   */
  private static boolean isWithoutGroundTruth(Attempt attempt) {
    return attempt.transcript().isEmpty()
        && !attempt.reason().startsWith("left out")
        && !attempt.reason().startsWith("not called");
  }
}
