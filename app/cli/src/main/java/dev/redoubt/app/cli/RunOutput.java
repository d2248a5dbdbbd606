package dev.redoubt.app.cli;

import dev.redoubt.app.report.Execution;
import dev.redoubt.app.report.OverRefusal;
import dev.redoubt.app.report.Report;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.ObjectiveRate;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Assessment;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Limits;
import dev.redoubt.core.Severity;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What a run of an attack prints, keeps, and ends with. */
final class RunOutput {
  private final CommandSpec spec;
  private final Workspace workspace;
  private final @Nullable Path json;
  private final Severity failOn;
  private final Instant started = Instant.now();

  /**
   * Made before the first call.
   *
   * @throws TargetUnreachableException when {@code json} can't be written
   */
  RunOutput(CommandSpec spec, Workspace workspace, @Nullable Path json, Severity failOn) {
    this.spec = spec;
    this.workspace = workspace;
    this.json = json;
    this.failOn = failOn;
    if (json != null) {
      // Better told now than after an hour of calls.
      ReportFiles.requireWritable("--json", json);
    }
  }

  /**
   * Prints the rates and findings, keeps the run, writes the JSON, and says how to exit.
   *
   * @param results one for each pass
   * @param notBegun what the run never came to
   * @param repeat the command that does it again
   */
  int finish(
      RunFolder folder,
      AiSystem system,
      List<CampaignResult> results,
      Coverage notBegun,
      String repeat) {
    RunSummary all = RunSummary.of(results).plus(notBegun);
    print(all);
    RunFile run =
        new RunFile(
            RunFile.ATTACK,
            repeat,
            started,
            Duration.between(started, Instant.now()),
            all.seed(),
            Limits.NONE,
            null);
    run.write(folder);
    Report report = report(system, all, run);
    // What was found is on the screen by now: one file that fails must not cost the other.
    boolean kept = tried(() -> StoredRuns.save(workspace, "attack", report));
    boolean written = json == null || tried(() -> ReportFiles.write("json", report, json));
    return exitCode(all, kept && written);
  }

  /** Prints a run that was replayed, and writes its JSON; the store has it already. */
  int replayed(AiSystem system, List<CampaignResult> results, RunFile run) {
    RunSummary all = RunSummary.of(results);
    print(all);
    Report report = report(system, all, run);
    boolean written = json == null || tried(() -> ReportFiles.write("json", report, json));
    return exitCode(all, written);
  }

  private static Report report(AiSystem system, RunSummary all, RunFile run) {
    return new Report(
        new Assessment(
            system.withoutSecrets(),
            new Assessment.Run(
                all.runId(), Version.number(), all.seed(), run.started(), run.duration()),
            all.findings(),
            all.facts(),
            all.coverage()),
        all.attempts(),
        all.twins(),
        null,
        new Execution(run.command(), Map.of("redoubt", Version.number()), all.errors()));
  }

  /** Something that may meet a full disk. */
  private interface Step {
    void run() throws IOException;
  }

  private boolean tried(Step step) {
    try {
      step.run();
      return true;
    } catch (IOException e) {
      spec.commandLine().getErr().println("redoubt: " + Words.ofIo(e));
    } catch (TargetUnreachableException | UsageException e) {
      spec.commandLine().getErr().println("redoubt: " + e.getMessage());
    }
    return false;
  }

  private void print(RunSummary all) {
    PrintWriter out = spec.commandLine().getOut();
    for (ObjectiveRate rate : all.rates()) {
      out.println(line(rate));
    }
    all.growths()
        .forEach((objective, spread) ->
            out.printf(Locale.ROOT, "%-20s %s%n", objective, spread.words()));
    if (!all.twins().isEmpty()) {
      out.println("over-refusal: " + OverRefusal.of(all.twins()).line());
    }
    for (Finding finding : all.findings()) {
      out.printf(
          "%n%s: %s%n  %s%n  remedy: %s%n",
          finding.severity().word().toUpperCase(Locale.ROOT),
          finding.title(),
          Words.safe(finding.summary(), Integer.MAX_VALUE),
          finding.remedy());
    }
    for (Coverage.Gap gap : all.coverage().notTested()) {
      out.println("not tested: " + gap.what() + ", " + Words.safe(gap.reason(), Integer.MAX_VALUE));
    }
    if (all.stopped() != null) {
      out.println(
          "stopped: "
              + all.stopped()
              + "; go on with: redoubt attack resume "
              + all.runId()
              + (workspace.equals(Workspace.here()) ? "" : ", in the folder " + workspace.base()));
    }
    out.flush();
    String silence = all.unreachable() == null ? all.silence() : all.unreachable();
    if (silence != null && all.stopped() == null) {
      spec.commandLine().getErr().println("redoubt: " + Words.safe(silence, Integer.MAX_VALUE));
    }
  }

  /** One line for a rate, both counts and the interval printed. */
  static String line(ObjectiveRate rate) {
    if (rate.trials() == 0) {
      return String.format(
          Locale.ROOT, "%-20s no verdict, %d unassessed", rate.objective(), rate.unassessed());
    }
    return String.format(
        Locale.ROOT,
        "%-20s %d of %d succeeded (%s, 95 %% interval %.0f to %.0f %%), %d attempts with a verdict, %d unassessed",
        rate.objective(),
        rate.successes(),
        rate.trials(),
        rate.speaks()
            ? String.format(Locale.ROOT, "%.0f %%", 100 * rate.rate())
            : "too few for a rate",
        100 * rate.interval().low(),
        100 * rate.interval().high(),
        rate.allTrials(),
        rate.unassessed());
  }

  private int exitCode(RunSummary all, boolean kept) {
    if (all.findings().stream().anyMatch(f -> f.severity().atLeast(failOn))) {
      return ExitCode.FINDINGS;
    }
    return all.silent() || !kept ? ExitCode.UNREACHABLE : ExitCode.OK;
  }
}
