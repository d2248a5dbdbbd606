package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TwinReportTest {
  @Test
  void theFileSaysHowManyWereRefusedAndWhatDecided() throws IOException {
    JsonNode json =
        JsonMapper.shared().readTree(Written.by(new JsonReporter(), SampleReports.ordinary()));
    JsonNode ordinary = json.path("ordinary");
    assertThat(ordinary.path("refused").asInt()).isEqualTo(4);
    assertThat(ordinary.path("n").asInt()).isEqualTo(11);
    assertThat(ordinary.path("repeats").asInt()).isEqualTo(1);
    assertThat(ordinary.path("unassessed").asInt()).isEqualTo(3);
    assertThat(ordinary.path("interval").path("method").asString()).isEqualTo("wilson");
    assertThat(ordinary.path("byCheck").properties()).hasSize(5);
    // Too few for a rate of their own.
    assertThat(ordinary.at("/byCheck/words/interval").isMissingNode()).isTrue();
    assertThat(ordinary.path("questions")).hasSize(15);
    assertThat(json.path("attempts"))
        .anyMatch(a -> a.path("ownWords").asBoolean(false))
        .anyMatch(a -> a.path("ownWords").isMissingNode());
  }

  @Test
  void aRunWithoutOrdinaryQuestionsSaysNothingOfThem() throws IOException {
    assertThat(Written.by(new JsonReporter(), SampleReports.plain()))
        .doesNotContain("\"ordinary\" : {");
    assertThat(Written.by(new HtmlReporter(), SampleReports.plain()))
        .doesNotContain("Ordinary questions beside the attacks");
  }

  @Test
  void thePageShowsWhatWasRefusedAndEscapesIt() throws IOException {
    String page = Written.by(new HtmlReporter(), SampleReports.ordinary());
    assertThat(page)
        .contains("Ordinary questions beside the attacks", "4 of 11 ordinary questions refused")
        .contains("rules, no ground truth", "Question 1 about &lt;b&gt;tools&lt;/b&gt;")
        .doesNotContain("<script>", "\u202e");
  }
}
