package dev.redoubt.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Spread;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReproductionTest {
  private static Attempt attempt(@Nullable String duplicateOf, @Nullable Spread spread) {
    return new Attempt(
        "run/worm/direct/0",
        "run",
        "worm",
        "direct",
        0,
        0,
        1,
        Outcome.SUCCEEDED,
        "it spread",
        List.of(),
        duplicateOf,
        List.of(),
        false,
        spread);
  }

  @Test
  void takesTheMailboxesOfAllOutbreaksTogether() {
    Reproduction spread =
        Reproduction.of(
                List.of(
                    attempt(null, new Spread(8, List.of(7, 0))),
                    attempt(null, new Spread(8, List.of(0)))))
            .orElseThrow();
    assertThat(spread.number()).isEqualTo(7.0 / 3);
    assertThat(spread.mailboxes()).isEqualTo(3);
    assertThat(spread.outbreaks()).isEqualTo(2);
    assertThat(spread.interval()).isEqualTo(BoundedMean.interval(new int[] {7, 0, 0}, 7));
    assertThat(spread.words()).startsWith("R = 2.33 others per infected mailbox (95 % interval ");
  }

  @Test
  void leavesOutWhatOnlyRepeatsAndWhatWasNotMeasured() {
    assertThat(
            Reproduction.of(
                List.of(
                    attempt("run/worm/direct/1", new Spread(8, List.of(7))),
                    attempt(null, null),
                    attempt(null, new Spread(8, List.of())))))
        .isEmpty();
  }

  @Test
  void takesTheLargestPopulationWhereTheyDiffer() {
    Reproduction spread =
        Reproduction.of(
                List.of(
                    attempt(null, new Spread(4, List.of(3, 3, 3))),
                    attempt(null, new Spread(8, List.of(1)))))
            .orElseThrow();
    assertThat(spread.population()).isEqualTo(8);
    assertThat(spread.number()).isEqualTo(1);
  }
}
