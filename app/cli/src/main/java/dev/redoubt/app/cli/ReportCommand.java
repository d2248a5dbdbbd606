package dev.redoubt.app.cli;

import dev.redoubt.app.report.OverRefusal;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Summary;
import dev.redoubt.app.store.Store;
import dev.redoubt.app.store.StoredRun;
import dev.redoubt.attack.chat.Comparison;
import dev.redoubt.core.Twin;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.stats.Reproduction;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = "Write the report of a kept run again, or compare two runs.",
    footer = {
      "",
      "Examples:",
      "  redoubt report",
      "  redoubt report --run 20260101-101500-ab3d --out report",
      "  redoubt report --compare 20260101-101500-ab3d 20260102-090000-k2mw"
    })
final class ReportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--run", paramLabel = "ID", description = "Which run; the newest when absent.")
  @Nullable String run;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "RUN",
      description = "Two runs: by how much did the rates fall from the first to the second.")
  List<String> compare = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "redoubt-report",
      description = "Folder for the report. Default: ./${DEFAULT-VALUE}.")
  Path out = Path.of("redoubt-report");

  @Override
  public Integer call() throws Exception {
    if (run != null && !compare.isEmpty()) {
      throw new UsageException("--run and --compare exclude each other; give one of them");
    }
    PrintWriter stdout = spec.commandLine().getOut();
    try (Store store = Store.open(Workspace.here().folder())) {
      if (!compare.isEmpty()) {
        compare(stdout, require(store, compare.get(0)), require(store, compare.get(1)));
        return ExitCode.OK;
      }
      StoredRun stored = run == null ? latest(store) : require(store, run);
      Report report = StoredRuns.report(stored);
      ReportFiles.writeAll(report, out);
      stdout.println(Summary.of(report).leaked());
      stdout.println("report: " + out.resolve("index.html"));
      return ExitCode.OK;
    }
  }

  private static StoredRun latest(Store store) {
    return store
        .latest()
        .orElseThrow(() ->
            new UsageException(
                "no run is kept here; redoubt attack chat or redoubt assess makes one"));
  }

  private static StoredRun require(Store store, String id) {
    return store
        .find(id)
        .orElseThrow(() ->
            new UsageException(
                "no run '" + id + "' is kept here; redoubt report without --run takes the newest"));
  }

  private static void compare(PrintWriter out, StoredRun before, StoredRun after) {
    Comparison comparison = Comparison.of(before.attempts(), after.attempts());
    out.printf("%-20s %-12s %-12s %s%n", "objective", "before", "after", "fell by, 95 % interval");
    comparison.objectives().forEach(d -> print(out, d));
    print(out, comparison.pooled());
    for (Comparison.Growth growth : comparison.growths()) {
      out.println(growth.objective() + " before: " + words(growth.before()));
      out.println(growth.objective() + " after:  " + words(growth.after()));
    }
    List<Twin> first = StoredRuns.twins(before);
    List<Twin> second = StoredRuns.twins(after);
    if (!first.isEmpty() || !second.isEmpty()) {
      print(out, OverRefusal.compare(first, second));
    }
  }

  private static void print(PrintWriter out, OverRefusal.Difference d) {
    out.printf(
        Locale.ROOT,
        "%-20s %-12s %-12s %s, %d pairs%n",
        "over-refusal",
        d.before().refused() + " of " + d.before().judged(),
        d.after().refused() + " of " + d.after().judged(),
        d.interval()
            .map(i ->
                String.format(
                    Locale.ROOT,
                    "%.0f points (%.0f to %.0f)",
                    100 * d.difference(),
                    100 * i.low(),
                    100 * i.high()))
            .orElse("too few to compare"),
        d.pairs());
  }

  private static String words(@Nullable Reproduction spread) {
    return spread == null ? "spread was not measured; run it with --population" : spread.words();
  }

  private static void print(PrintWriter out, Comparison.Difference d) {
    out.printf(
        Locale.ROOT,
        "%-20s %-12s %-12s %.0f points (%.0f to %.0f), %d pairs, p = %.3g%n",
        d.objective(),
        d.before().successes() + " of " + d.before().trials(),
        d.after().successes() + " of " + d.after().trials(),
        100 * d.difference(),
        100 * d.interval().low(),
        100 * d.interval().high(),
        d.pairs().size(),
        d.pValue());
  }
}
