package dev.redoubt.app.cli;

import dev.redoubt.app.report.Execution;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.store.Store;
import dev.redoubt.app.store.StoredRun;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.ObjectiveRate;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Assessment;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Severity;
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

  RunOutput(CommandSpec spec, Workspace workspace, @Nullable Path json, Severity failOn) {
    this.spec = spec;
    this.workspace = workspace;
    this.json = json;
    this.failOn = failOn;
  }

  /** Prints the rates and findings, keeps the run, writes the JSON, and says how to exit. */
  int finish(AiSystem system, CampaignResult result, String repeat) throws IOException {
    String stopped = result.stopped();
    Assessment assessment =
        new Assessment(
            system.withoutSecrets(),
            new Assessment.Run(
                result.runId(),
                Version.number(),
                result.seed(),
                started.minus(result.usage().time()),
                Duration.between(started.minus(result.usage().time()), Instant.now())),
            result.findings(),
            result.facts(),
            result.coverage());
    Report report =
        new Report(
            assessment,
            result.attempts(),
            null,
            new Execution(
                repeat,
                Map.of("redoubt", Version.number()),
                stopped == null ? List.of() : List.of(stopped)));
    if (json != null) {
      ReportFiles.write("json", report, json);
    }
    try (Store store = Store.open(workspace.folder())) {
      store.save(
          new StoredRun(
              result.runId(),
              "attack",
              assessment,
              result.attempts(),
              List.of(),
              Json.line(Map.of("command", repeat))));
    }
    print(result);
    return exitCode(result);
  }

  private void print(CampaignResult result) {
    PrintWriter out = spec.commandLine().getOut();
    for (ObjectiveRate rate : result.rates()) {
      out.println(line(rate));
    }
    for (Finding finding : result.findings()) {
      out.printf(
          "%n%s: %s%n  %s%n  remedy: %s%n",
          finding.severity().word().toUpperCase(Locale.ROOT),
          finding.title(),
          finding.summary(),
          finding.remedy());
    }
    for (Coverage.Gap gap : result.coverage().notTested()) {
      out.printf("not tested: %s, %s%n", gap.what(), gap.reason());
    }
    if (result.stopped() != null) {
      out.println(
          "stopped: " + result.stopped() + "; go on with: redoubt attack resume " + result.runId());
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
        "%-20s %d of %d succeeded (%.0f %%, 95 %% interval %.0f to %.0f %%), %d attempts with a verdict, %d unassessed",
        rate.objective(),
        rate.successes(),
        rate.trials(),
        100 * rate.rate(),
        100 * rate.interval().low(),
        100 * rate.interval().high(),
        rate.allTrials(),
        rate.unassessed());
  }

  private int exitCode(CampaignResult result) {
    if (result.findings().stream().anyMatch(f -> f.severity().atLeast(failOn))) {
      return ExitCode.FINDINGS;
    }
    boolean silent =
        result.rates().isEmpty() || result.rates().stream().anyMatch(r -> r.allTrials() == 0);
    return silent ? ExitCode.UNREACHABLE : ExitCode.OK;
  }
}
