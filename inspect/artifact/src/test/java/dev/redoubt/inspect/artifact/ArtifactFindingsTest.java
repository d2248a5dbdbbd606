package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Confidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArtifactFindingsTest {
  private static FileResult file(Verdict verdict, Observation... seen) {
    return new FileResult(
        "a/m.pkl", verdict, "pickle", 9, "ab", List.of(seen), List.of(), List.of());
  }

  @Test
  void makesOneFindingOfEachRuleThatSpoke() {
    var call =
        new Observation("inspect.artifact.pickle-dangerous", Verdict.MALICIOUS, "calls x", 3);
    var again =
        new Observation("inspect.artifact.pickle-dangerous", Verdict.MALICIOUS, "calls y", 5);
    List<Finding> findings =
        ArtifactFindings.of(file(Verdict.MALICIOUS, call, again), "model", "a/m.pkl");
    assertThat(findings).hasSize(1);
    Finding finding = findings.getFirst();
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(finding.summary()).contains("calls x at byte 3").contains("1 more");
    assertThat(finding.references()).isNotEmpty();
    assertThat(finding.location().file()).isEqualTo("a/m.pkl");
  }

  @Test
  void makesNoFindingOfWhatIsIncomplete() {
    var unread = new Observation(EngineRules.UNREADABLE, Verdict.INCOMPLETE, "can't be read", -1);
    assertThat(ArtifactFindings.of(file(Verdict.INCOMPLETE, unread), "model", "a/m.pkl")).isEmpty();
  }
}
