package dev.redoubt.app.cli;

import dev.redoubt.app.report.Report;
import dev.redoubt.core.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which findings are accepted already. */
final class AcceptOptions {
  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Findings of a baseline don't decide the exit code; see redoubt baseline.")
  @Nullable Path baseline;

  @Option(
      names = "--suppressions",
      paramLabel = "FILE",
      description =
          "Findings that are accepted for a while. Default: "
              + Accepted.FILE_NAME
              + " beside redoubt.yaml.")
  @Nullable Path suppressions;

  Accepted read(Path folder) {
    return Accepted.read(baseline, suppressions, folder);
  }

  /** Tells what is accepted, and gives what is not. */
  static List<Finding> open(PrintWriter out, Accepted accepted, Report report) {
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    List<Finding> findings = report.assessment().findings();
    List<Finding> open = new ArrayList<>();
    for (Finding finding : findings) {
      Optional<String> why = accepted.why(finding, today);
      if (why.isEmpty()) {
        open.add(finding);
      } else {
        out.println(
            "accepted: " + finding.ruleId() + " on " + finding.component() + ": " + why.get());
      }
    }
    for (Accepted.Suppression ended : accepted.expired(findings, today)) {
      out.println(
          "suppression ended on "
              + ended.expires()
              + ": "
              + (ended.rule() == null ? ended.fingerprint() : ended.rule())
              + ", "
              + ended.reason());
    }
    return open;
  }
}
