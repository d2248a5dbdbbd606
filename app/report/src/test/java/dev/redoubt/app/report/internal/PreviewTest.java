package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Reporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes every format of every sample into {@code target/preview}, to be looked at. */
class PreviewTest {
  @Test
  void everyFormatIsFoundAndWritesEverySample() throws IOException {
    Map<String, Report> samples = new LinkedHashMap<>();
    samples.put("demo", SampleReports.demo());
    samples.put("quick", SampleReports.quick());
    samples.put("failed", SampleReports.failed());
    samples.put("plain", SampleReports.plain());
    samples.put("ordinary", SampleReports.ordinary());
    samples.put("cut", SampleReports.cut());
    samples.put("crashed", SampleReports.crashed());

    assertThat(Reporter.all())
        .extracting(Reporter::fileName)
        .containsExactly("index.html", "assessment.json", "junit.xml", "findings.sarif");
    for (Map.Entry<String, Report> sample : samples.entrySet()) {
      Path folder = Files.createDirectories(Path.of("target", "preview", sample.getKey()));
      for (Reporter reporter : Reporter.all()) {
        try (var out = Files.newOutputStream(folder.resolve(reporter.fileName()))) {
          reporter.write(sample.getValue(), out);
        }
        assertThat(folder.resolve(reporter.fileName())).isNotEmptyFile();
      }
    }
  }
}
