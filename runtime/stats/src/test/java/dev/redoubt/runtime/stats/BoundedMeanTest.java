package dev.redoubt.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.redoubt.core.Interval;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BoundedMeanTest {
  @Test
  void isTheConfidenceSequenceForNoughtsAndOnes() {
    for (int ones = 0; ones <= 60; ones += 5) {
      var counts = new int[60];
      Arrays.fill(counts, 0, ones, 1);
      Interval interval = BoundedMean.interval(counts, 1);
      Interval sequence = new ConfidenceSequence(ones, 60, 0.95).interval();
      assertThat(interval.low()).isEqualTo(sequence.low(), within(1e-9));
      assertThat(interval.high()).isEqualTo(sequence.high(), within(1e-9));
    }
  }

  @Test
  void scalesWithTheCeilingWhenTheWormHitsAllOrNothing() {
    Interval one = BoundedMean.interval(new int[] {1, 0, 0, 1, 0, 0, 0, 0}, 1);
    Interval seven = BoundedMean.interval(new int[] {7, 0, 0, 7, 0, 0, 0, 0}, 7);
    assertThat(seven.low()).isEqualTo(7 * one.low(), within(1e-9));
    assertThat(seven.high()).isEqualTo(7 * one.high(), within(1e-9));
  }

  @Test
  void doesNotTakeNothingForImpossible() {
    Interval interval = BoundedMean.interval(new int[20], 7);
    assertThat(interval.low()).isZero();
    assertThat(interval.high()).isEqualTo(7 * 0.2240061120, within(1e-8));
  }

  @Test
  void touchesTheCeilingWhenAllAreInfected() {
    Interval interval = BoundedMean.interval(new int[] {3, 3, 3, 3}, 3);
    assertThat(interval.high()).isEqualTo(3);
    assertThat(interval.low()).isBetween(0.1, 2.9);
  }

  @Test
  void isNarrowerWhereCountsScatterLess() {
    Interval calm = BoundedMean.interval(new int[] {2, 2, 2, 2, 2, 2, 2, 2}, 4);
    Interval wild = BoundedMean.interval(new int[] {0, 4, 0, 4, 0, 4, 0, 4}, 4);
    assertThat(calm.high() - calm.low()).isLessThan(wild.high() - wild.low());
  }

  @Test
  void dependsOnNoOrderAndMirrors() {
    Interval one = BoundedMean.interval(new int[] {0, 1, 5, 2, 0, 0}, 5);
    assertThat(BoundedMean.interval(new int[] {5, 0, 0, 2, 1, 0}, 5)).isEqualTo(one);
    Interval other = BoundedMean.interval(new int[] {5, 4, 0, 3, 5, 5}, 5);
    assertThat(one.low()).isEqualTo(5 - other.high(), within(1e-9));
  }

  @Test
  void narrowsWithCasesAndWidensWithTheLevel() {
    int[] few = {0, 1, 2, 1};
    int[] many = new int[4 * 64];
    Arrays.setAll(many, i -> few[i % 4]);
    Interval wide = BoundedMean.interval(few, 3);
    Interval narrow = BoundedMean.interval(many, 3);
    Interval sure = BoundedMean.interval(few, 3, 0.99);
    assertThat(narrow.low()).isBetween(wide.low(), 1.0);
    assertThat(narrow.high()).isBetween(1.0, wide.high());
    assertThat(sure.low()).isLessThan(wide.low());
    assertThat(sure.high()).isGreaterThan(wide.high());
  }

  @Test
  void saysNothingWithoutCases() {
    assertThat(BoundedMean.interval(new int[0], 7)).isEqualTo(new Interval(0, 7, 0.95, "betting"));
  }

  @Test
  void refusesCountsBeyondTheCeiling() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundedMean.interval(new int[] {8}, 7))
        .withMessageContaining("8")
        .withMessageContaining("0 to 7");
    assertThatIllegalArgumentException().isThrownBy(() -> BoundedMean.interval(new int[] {-1}, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> BoundedMean.interval(new int[0], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundedMean.interval(new int[] {1}, 7, 1));
  }
}
