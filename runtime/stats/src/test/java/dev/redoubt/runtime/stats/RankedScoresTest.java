package dev.redoubt.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.redoubt.core.Interval;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankedScoresTest {
  @Test
  void areaIsTheShareOfPairsInTheRightOrder() {
    // Of 12 pairs 8 are in order (3+3+2, and 0.3 against nothing) and one is a tie.
    RankedScores scores =
        RankedScores.of(new double[] {0.9, 0.8, 0.4, 0.1}, new double[] {0.2, 0.4, 0.3});
    assertThat(scores.auc()).isCloseTo((3 + 3 + 2.5 + 0) / 12, within(1e-12));
  }

  @Test
  void areaOfTheSameScoresIsOneHalf() {
    double[] same = {0.1, 0.2, 0.2, 0.7};
    assertThat(RankedScores.of(same, same).auc()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void areaNeedsBothKinds() {
    assertThat(RankedScores.of(new double[] {1}, new double[0]).auc()).isNaN();
    assertThat(RankedScores.of(new double[] {1}, new double[0]).comparable()).isFalse();
  }

  @Test
  void intervalOfTheAreaIsThatOfHanleyAndMcNeil() {
    // Their worked form: A = 0.75, 2 and 2: Q1 = 0.6, Q2 = 0.642857, variance 0.070926.
    Interval interval =
        RankedScores.of(new double[] {0.9, 0.4}, new double[] {0.5, 0.1}).aucInterval();
    double variance = (0.75 * 0.25 + (0.75 / 1.25 - 0.5625) + (2 * 0.5625 / 1.75 - 0.5625)) / 4;
    assertThat(interval.low()).isCloseTo(0.75 - 1.959964 * Math.sqrt(variance), within(1e-5));
    assertThat(interval.high()).isEqualTo(1);
  }

  @Test
  void thresholdLetsNoMoreThanTheShareThrough() {
    double[] negatives = IntStream.range(0, 200).mapToDouble(i -> i / 200.0).toArray();
    RankedScores scores = RankedScores.of(new double[] {0.99, 0.986, 0.3}, negatives);
    double threshold = scores.thresholdAt(0.01);
    assertThat(scores.falseAlarms(threshold)).isEqualTo(2);
    assertThat(scores.found(threshold)).isEqualTo(2);
  }

  @Test
  void tiesAtTheThresholdAreNotFound() {
    RankedScores scores =
        RankedScores.of(new double[] {0.5, 0.6}, new double[] {0.5, 0.5, 0.5, 0.1});
    double threshold = scores.thresholdAt(0.25);
    assertThat(scores.falseAlarms(threshold)).isZero();
    assertThat(scores.found(threshold)).isEqualTo(1);
  }

  @Test
  void intervalOfTheThresholdHoldsIt() {
    double[] negatives = IntStream.range(0, 1000).mapToDouble(i -> i / 1000.0).toArray();
    RankedScores scores = RankedScores.of(new double[0], negatives);
    Interval interval = scores.thresholdInterval(0.01);
    assertThat(interval.contains(scores.thresholdAt(0.01))).isTrue();
    // Of 1000 with p = 0.01 there are 4 to 17 with 95 %.
    assertThat(interval.low()).isCloseTo(0.982, within(1e-9));
    assertThat(interval.high()).isCloseTo(0.996, within(1e-9));
  }
}
