package dev.redoubt.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.redoubt.runtime.stats.StoppingRule.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoppingRuleTest {
  // 0.34 to 0.66.
  private static final ConfidenceSequence HALF = new ConfidenceSequence(50, 100, 0.95);

  @Test
  void stopsOnceTheIntervalIsNarrowEnough() {
    assertThat(new StoppingRule.NarrowerThan(0.33).decide(HALF)).isEqualTo(Decision.PRECISE);
    assertThat(new StoppingRule.NarrowerThan(0.32).decide(HALF)).isEqualTo(Decision.CONTINUE);
  }

  @Test
  void stopsAboveWhenTheWholeIntervalIs() {
    assertThat(new StoppingRule.Above(0.33).decide(HALF)).isEqualTo(Decision.ABOVE);
    assertThat(new StoppingRule.Above(0.34).decide(HALF)).isEqualTo(Decision.CONTINUE);
  }

  @Test
  void stopsBelowWhenTheWholeIntervalIs() {
    assertThat(new StoppingRule.Below(0.67).decide(HALF)).isEqualTo(Decision.BELOW);
    assertThat(new StoppingRule.Below(0.66).decide(HALF)).isEqualTo(Decision.CONTINUE);
  }

  @Test
  void decidesOnEitherSideOfAThreshold() {
    assertThat(StoppingRule.decidedAt(0.2).decide(HALF)).isEqualTo(Decision.ABOVE);
    assertThat(StoppingRule.decidedAt(0.5).decide(HALF)).isEqualTo(Decision.CONTINUE);
    assertThat(StoppingRule.decidedAt(0.8).decide(HALF)).isEqualTo(Decision.BELOW);
  }

  @Test
  void givesTheDecisionOfTheFirstRuleThatStops() {
    var narrow = new StoppingRule.NarrowerThan(0.5);
    var above = new StoppingRule.Above(0.1);
    assertThat(new StoppingRule.AnyOf(List.of(narrow, above)).decide(HALF))
        .isEqualTo(Decision.PRECISE);
    assertThat(new StoppingRule.AnyOf(List.of(above, narrow)).decide(HALF))
        .isEqualTo(Decision.ABOVE);
  }

  @Test
  void neverStopsBeforeTheFirstTrialNorWithoutARule() {
    var start = ConfidenceSequence.start();
    assertThat(StoppingRule.decidedAt(0).decide(start)).isEqualTo(Decision.CONTINUE);
    assertThat(StoppingRule.decidedAt(1).decide(start)).isEqualTo(Decision.CONTINUE);
    assertThat(new StoppingRule.NarrowerThan(0.99).decide(start)).isEqualTo(Decision.CONTINUE);
    assertThat(new StoppingRule.AnyOf(List.of()).decide(HALF)).isEqualTo(Decision.CONTINUE);
  }

  @Test
  void refusesWidthsAndThresholdsThatAreNoRates() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StoppingRule.NarrowerThan(0))
        .withMessageContaining("not 0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new StoppingRule.Above(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new StoppingRule.Below(Double.NaN));
  }
}
