package dev.redoubt.app.cli;

import dev.redoubt.app.report.Execution;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Reporter;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Assessment;
import dev.redoubt.core.Component;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Location;
import dev.redoubt.inspect.artifact.ArtifactFindings;
import dev.redoubt.inspect.artifact.FileResult;
import dev.redoubt.inspect.artifact.Totals;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Model files as an assessment of their own, for the report formats of assessments. */
final class InspectReport {
  private static final String NAME = "model files";

  private final List<Path> paths;
  private final Instant started = Instant.now();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Coverage.Gap> gaps = new ArrayList<>();

  InspectReport(List<Path> paths) {
    this.paths = paths;
  }

  void file(FileResult file) {
    findings.addAll(ArtifactFindings.of(file, NAME, shown(file)));
    if (file.verdict() == Verdict.INCOMPLETE) {
      String why =
          file.observations().isEmpty()
              ? "one of its members is incomplete"
              : file.observations().getFirst().what();
      gaps.add(new Coverage.Gap(NAME, shown(file), why));
    }
  }

  private static String shown(FileResult file) {
    return Words.safe(file.path(), 1000);
  }

  void write(String format, Totals totals, PrintWriter out) throws IOException {
    String named = String.join(" ", paths.stream().map(Path::toString).toList());
    var model =
        new Component.ModelArtifact(
            NAME, new Location(paths.getFirst().toString(), 1), named, null);
    var system =
        new AiSystem(NAME, "inspected where they lie", "", null, List.of(model), List.of());
    String detail =
        totals.files() + " files, " + totals.inert() + " inert, " + totals.skipped() + " skipped";
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    var assessment =
        new Assessment(
            system,
            new Assessment.Run("inspect", Version.number(), 0, started, totals.duration()),
            findings,
            List.of(),
            new Coverage(List.of(new Coverage.Item(NAME, "inspect.artifact", detail)), gaps));
    var report =
        new Report(
            assessment,
            List.of(),
            null,
            new Execution(
                "redoubt inspect artifact " + named,
                Map.of("redoubt", Version.number()),
                List.of()));
    for (Reporter reporter : Reporter.all()) {
      if (reporter.id().equals(format)) {
        var bytes = new ByteArrayOutputStream();
        reporter.write(report, bytes);
        out.println(bytes.toString(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }
}
