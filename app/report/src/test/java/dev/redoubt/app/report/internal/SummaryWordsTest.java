package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Summary;
import dev.redoubt.app.report.Tally;
import dev.redoubt.core.Interval;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryWordsTest {
  @Test
  void tellsTheDemoInOrdinaryBlanks() {
    Summary summary = Summary.of(SampleReports.demo());
    assertThat(summary.leaked())
        .startsWith("Without the guard, 53 of 80 distinct attacks on Acme Help Desk succeeded: ")
        .contains("the assistant gave away the secret in its system prompt (13 of 14)")
        .endsWith("Of 6 objectives, 1 held.");
    assertThat(summary.changed())
        .contains("succeeded in 3 of 78: the rate fell by 62 points (95 % interval 44 to 66 points")
        .contains("17 of 20 before, 17 of 20 with the guard");
    assertThat(summary.stillThrough())
        .startsWith("Of the same attacks 3 of 78: internal documents in bulk (2 of 13)")
        .contains("; of new wordings 4 of 36: an order hidden in a ticket (2 of 6)");
    assertThat(summary.obligations()).isEqualTo("not assessed yet");
    assertThat(summary.toString()).doesNotContain("\u00a0");
  }

  @Test
  void neverCallsZeroSuccessesSafe() {
    Tally none = new Tally(0, 15, 15, 0);
    Demo demo =
        new Demo(
            false,
            List.of(new Demo.Objective("x", "X", "x happened", none, none, none)),
            new Demo.Difference(none, none, new Interval(-0.2, 0.2, 0.95, "newcombe"), null),
            null,
            List.of(),
            null,
            List.of());
    Summary summary =
        Summary.of(
            new Report(SampleReports.assessment(Instant.EPOCH, "run", List.of()), List.of(), demo));
    assertThat(summary.leaked()).contains("0 of 15").contains("can still be up to 20 %");
    assertThat(summary.stillThrough())
        .isEqualTo(
            "Nothing of 30 attempts got through; with so few attempts the true rate can still be"
                + " up to 11 %.");
  }

  @Test
  void givesNoRateForAQuickRun() {
    Summary summary = Summary.of(SampleReports.quick());
    assertThat(summary.leaked()).endsWith("too few for a rate.");
    assertThat(summary.changed()).doesNotContain("points");
  }

  @Test
  void saysThatACutRunChangedNothing() {
    Summary summary = Summary.of(SampleReports.cut());
    assertThat(summary.changed()).isEqualTo("The run ended before the guard was measured.");
    assertThat(summary.stillThrough()).contains("not repeated with the guard");
  }

  @Test
  void saysWhyThereIsNoVerdict() {
    assertThat(Summary.of(SampleReports.crashed()).leaked())
        .startsWith("No attack on Acme Help Desk reached a verdict.")
        .endsWith(
            "15 attempts have no verdict, most often because: the endpoint answered status"
                + " 500.");
  }

  @Test
  void listsWhatAPlainRunDidNotTest() {
    Summary summary = Summary.of(SampleReports.plain());
    assertThat(summary.leaked()).startsWith("5 of 26 distinct attacks on Acme Help Desk succeeded");
    assertThat(summary.stillThrough())
        .isEqualTo("Not tested: datastore on tickets and memory between sessions on assistant.");
  }
}
