package dev.redoubt.app.cli;

import dev.redoubt.app.importer.ForeignFileException;
import dev.redoubt.app.importer.ForeignFindings;
import dev.redoubt.app.importer.ForeignLimits;
import dev.redoubt.app.importer.ForeignRun;
import dev.redoubt.app.report.Execution;
import dev.redoubt.app.report.Report;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.Assessment;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Limits;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Severity;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = {
      "Read results of garak, promptfoo or PyRIT as findings.",
      "What they report without ground truth is shown as theirs, unassessed, and no rate is claimed."
    },
    footer = {
      "",
      "Examples:",
      "  redoubt attack import garak.0a1b.report.jsonl",
      "  redoubt attack import out.json conversations.json --json findings.json --fail-on high",
      "  redoubt report",
      "",
      "What a file is shows its content: garak report.jsonl and hitlog.jsonl, promptfoo eval -o out.json, PyRIT's JSON export.",
      "Exit codes: 0 no hit, 1 findings at or above --fail-on, 2 no such format, 3 unreadable."
    })
final class AttackImportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of the other tools.")
  List<Path> files = List.of();

  @Mixin ResultOptions wanted = new ResultOptions();

  @Override
  public Integer call() throws Exception {
    Severity threshold = wanted.threshold();
    if (wanted.json != null) {
      ReportFiles.requireWritable("--json", wanted.json);
    }
    Instant started = Instant.now();
    List<ForeignRun> runs = new ArrayList<>();
    for (Path file : files) {
      runs.add(read(file));
    }
    ForeignFindings all = ForeignFindings.of(runs);
    Workspace workspace = Workspace.here();
    RunFolder folder = RunFolder.create(workspace.runs());
    RunFile about =
        new RunFile(
            "import",
            "redoubt attack import" + names(),
            started,
            Duration.between(started, Instant.now()),
            0,
            Limits.NONE,
            null);
    about.write(folder);
    Report report =
        new Report(
            new Assessment(
                all.system(),
                new Assessment.Run(
                    folder.id(), Version.number(), 0, about.started(), about.duration()),
                all.findings(),
                List.of(),
                all.coverage()),
            all.attempts(),
            null,
            new Execution(about.command(), Map.of("redoubt", Version.number()), List.of()));
    print(folder, runs, all);
    StoredRuns.save(workspace, "import", report);
    if (wanted.json != null) {
      ReportFiles.write("json", report, wanted.json);
    }
    return all.findings().stream().anyMatch(f -> f.severity().atLeast(threshold))
        ? ExitCode.FINDINGS
        : ExitCode.OK;
  }

  private static ForeignRun read(Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException(file + ": is a folder; name the file of results in it");
    }
    try {
      return ForeignRun.read(file, ForeignLimits.STANDARD);
    } catch (ForeignFileException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new TargetUnreachableException(file + ": can't be read: " + Words.ofIo(e), e);
    }
  }

  private String names() {
    StringBuilder names = new StringBuilder();
    files.forEach(f -> names.append(' ').append(f.getFileName()));
    return names.toString();
  }

  private void print(RunFolder folder, List<ForeignRun> runs, ForeignFindings all) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("run: " + folder.id());
    for (ForeignRun run : runs) {
      long decided = run.cases().stream().filter(c -> c.outcome() != Outcome.UNASSESSED).count();
      out.printf(
          "%s: %s%s, %d answers, %d decided by a declared value, %d unassessed%n",
          run.file(),
          run.tool(),
          run.version().isEmpty() ? "" : " " + run.version(),
          run.cases().size(),
          decided,
          run.cases().size() - decided);
    }
    for (Finding finding : all.findings()) {
      out.printf(
          "%n%s: %s%n  %s%n",
          finding.severity().word().toUpperCase(Locale.ROOT),
          Words.safe(finding.title(), Integer.MAX_VALUE),
          Words.safe(finding.summary(), Integer.MAX_VALUE));
    }
    for (Coverage.Gap gap : all.coverage().notTested()) {
      out.println("not tested: " + Words.safe(gap.what() + ", " + gap.reason(), Integer.MAX_VALUE));
    }
    out.println("next: redoubt report");
    out.flush();
  }
}
