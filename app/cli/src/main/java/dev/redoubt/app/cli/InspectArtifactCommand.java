package dev.redoubt.app.cli;

import dev.redoubt.core.UsageException;
import dev.redoubt.inspect.artifact.ArtifactInspector;
import dev.redoubt.inspect.artifact.Explanation;
import dev.redoubt.inspect.artifact.FileResult;
import dev.redoubt.inspect.artifact.JsonReport;
import dev.redoubt.inspect.artifact.KnownFiles;
import dev.redoubt.inspect.artifact.Limits;
import dev.redoubt.inspect.artifact.Rule;
import dev.redoubt.inspect.artifact.Rules;
import dev.redoubt.inspect.artifact.TextReport;
import dev.redoubt.inspect.artifact.Totals;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "artifact",
    description =
        "Say of model files what they do when they are loaded, without loading them: malicious,"
            + " unproven, incomplete or inert.",
    footer = {
      "",
      "Examples:",
      "  redoubt inspect artifact model.pkl",
      "  redoubt inspect artifact models/ --format json",
      "  redoubt inspect artifact --explain model.pkl",
      "",
      "Exit codes: 1 something is malicious or unproven (see --fail-on); else 3 something is"
          + " incomplete; else 0;",
      "2 wrong usage."
    })
final class InspectArtifactCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files, folders and archives; folders with everything below them.")
  List<Path> paths = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, sarif or html. Default: ${DEFAULT-VALUE}.")
  String format = "text";

  @Option(
      names = "--fail-on",
      paramLabel = "VERDICT",
      defaultValue = "unproven",
      description =
          "From which verdict on to exit with 1: unproven or malicious. Default: ${DEFAULT-VALUE}.")
  String failOn = "unproven";

  @Option(names = "--all", description = "List inert files too in the text.")
  boolean all;

  @Option(
      names = "--since",
      paramLabel = "REPORT",
      description = "Skip files that this earlier JSON report of the same version calls inert.")
  @Nullable Path since;

  @Option(
      names = "--explain",
      description = "Print what the files do step by step, with what each step puts on the stack.")
  boolean explain;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Verdict from = failOn();
    PrintWriter out = spec.commandLine().getOut();
    if (explain) {
      return explain(out);
    }
    Set<String> known = since == null ? Set.of() : KnownFiles.inert(since, Version.number());
    var inspector =
        new ArtifactInspector(
            Limits.DEFAULT,
            Runtime.getRuntime().availableProcessors(),
            known::contains,
            () -> false);
    var rules = new TreeSet<String>();
    try (var progress = new InspectProgress(spec.commandLine().getErr())) {
      Totals totals =
          switch (format) {
            case "text" -> {
              var report = new TextReport(out, all || single());
              Totals t = inspector.inspect(paths, watched(report::file, rules, progress));
              progress.end();
              report.end(t, spoken(rules));
              yield t;
            }
            case "json" -> {
              try (var report = new JsonReport(out, Version.number())) {
                Totals t = inspector.inspect(paths, watched(report::file, rules, progress));
                report.end(t, spoken(rules));
                yield t;
              } finally {
                out.println();
              }
            }
            case "sarif", "html" -> {
              var report = new InspectReport(paths);
              Totals t = inspector.inspect(paths, watched(report::file, rules, progress));
              report.write(format, t, spec.commandLine().getOut());
              yield t;
            }
            default ->
                throw new UsageException("no format '" + format + "': text, json, sarif or html");
          };
      return code(totals, from);
    }
  }

  private int explain(PrintWriter out) {
    boolean any = false;
    for (Path path : paths) {
      if (paths.size() > 1) {
        out.println(path + ":");
      }
      any |= Explanation.print(path, out);
    }
    if (!any) {
      spec.commandLine()
          .getErr()
          .println("redoubt: nothing to explain: no reader takes the file for something that runs");
    }
    return ExitCode.OK;
  }

  private boolean single() {
    return paths.size() == 1 && !java.nio.file.Files.isDirectory(paths.getFirst());
  }

  private static Consumer<FileResult> watched(
      Consumer<FileResult> report, Set<String> rules, InspectProgress progress) {
    long[] done = {0};
    return file -> {
      file.observations().forEach(o -> rules.add(o.rule()));
      file.members().forEach(m -> m.observations().forEach(o -> rules.add(o.rule())));
      report.accept(file);
      progress.step(++done[0]);
    };
  }

  private static List<Rule> spoken(Set<String> ids) {
    var spoken = new ArrayList<Rule>();
    ids.forEach(id -> Rules.shipped().find(id).ifPresent(spoken::add));
    return spoken;
  }

  private Verdict failOn() {
    return switch (failOn) {
      case "unproven" -> Verdict.UNPROVEN;
      case "malicious" -> Verdict.MALICIOUS;
      default ->
          throw new UsageException("--fail-on knows no '" + failOn + "': unproven or malicious");
    };
  }

  private static int code(Totals totals, Verdict from) {
    long flagged = totals.malicious() + (from == Verdict.UNPROVEN ? totals.unproven() : 0);
    if (flagged > 0) {
      return ExitCode.FINDINGS;
    }
    return totals.incomplete() > 0 ? ExitCode.UNREACHABLE : ExitCode.OK;
  }
}
