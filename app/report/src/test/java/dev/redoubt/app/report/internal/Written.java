package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Reporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a reporter writes, as text. */
final class Written {
  private Written() {}

  static String by(Reporter reporter, Report report) throws IOException {
    var out = new ByteArrayOutputStream();
    reporter.write(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  static List<Report> samples() {
    return List.of(
        SampleReports.demo(),
        SampleReports.quick(),
        SampleReports.failed(),
        SampleReports.plain(),
        SampleReports.ordinary(),
        SampleReports.cut(),
        SampleReports.crashed());
  }
}
