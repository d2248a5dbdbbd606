package dev.redoubt.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static Attempt attempt(Outcome outcome, @Nullable String duplicateOf) {
    return new Attempt(
        "id", "run", "o", "t", 0, 0, 1, outcome, "reason", List.of(), duplicateOf, List.of());
  }

  @Test
  void countsDistinctVerdictsOnly() {
    Tally tally =
        Tally.of(
            List.of(
                attempt(Outcome.SUCCEEDED, null),
                attempt(Outcome.SUCCEEDED, "id"),
                attempt(Outcome.RESISTED, null),
                attempt(Outcome.UNASSESSED, null)));
    assertThat(tally).isEqualTo(new Tally(1, 2, 4, 1));
    assertThat(tally.duplicates()).isEqualTo(1);
    assertThat(tally.rate()).isEqualTo(0.5);
  }

  @Test
  void hasNoRateWithoutTrials() {
    assertThat(new Tally(0, 0, 3, 3).rate()).isNaN();
  }

  @Test
  void refusesCountsThatCannotBe() {
    assertThatThrownBy(() -> new Tally(3, 2, 5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 of 2");
    assertThatThrownBy(() -> new Tally(0, 3, 3, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
