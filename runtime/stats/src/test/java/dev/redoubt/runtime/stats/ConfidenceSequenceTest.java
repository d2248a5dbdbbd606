package dev.redoubt.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.redoubt.core.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceSequenceTest {
  /** Solved anew with SciPy 1.17: betaln, and brentq for each end. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.95, 0, 0.975",
    "1, 1, 0.95, 0.025, 1",
    "0, 20, 0.95, 0, 0.2240061120",
    "3, 10, 0.95, 0.0325151398, 0.7475871099",
    "5, 100, 0.95, 0.0071494789, 0.1557944435",
    "50, 100, 0.95, 0.3382575526, 0.6617424474",
    "50, 100, 0.99, 0.3176514232, 0.6823485768",
    "999, 1000, 0.95, 0.9900252527, 0.9999995536",
    "7, 100000, 0.95, 0.0000079995, 0.0002485135",
    "50000, 100000, 0.95, 0.4933003049, 0.5066996951"
  })
  void agreesWithAnotherSolver(int successes, int trials, double level, double low, double high) {
    Interval interval = new ConfidenceSequence(successes, trials, level).interval();
    assertThat(interval.low()).isEqualTo(low, within(1e-9));
    assertThat(interval.high()).isEqualTo(high, within(1e-9));
    assertThat(interval.level()).isEqualTo(level);
    assertThat(interval.method()).isEqualTo("confidence-sequence");
  }

  @Test
  void saysNothingBeforeTheFirstTrial() {
    assertThat(ConfidenceSequence.start().interval())
        .isEqualTo(new Interval(0, 1, 0.95, "confidence-sequence"));
  }

  @Test
  void countsWhatItObserves() {
    assertThat(ConfidenceSequence.start().observe(true).observe(false).observe(true))
        .isEqualTo(new ConfidenceSequence(2, 3, 0.95));
  }

  @Test
  void mirrorsWhenSuccessesAndFailuresAreSwapped() {
    for (int s = 0; s <= 40; s++) {
      Interval one = new ConfidenceSequence(s, 40, 0.95).interval();
      Interval other = new ConfidenceSequence(40 - s, 40, 0.95).interval();
      assertThat(one.low()).isEqualTo(1 - other.high(), within(1e-12));
    }
  }

  @Test
  void movesUpWithEverySuccessAndHoldsTheObservedRate() {
    Interval before = new ConfidenceSequence(0, 200, 0.95).interval();
    for (int s = 1; s <= 200; s++) {
      Interval interval = new ConfidenceSequence(s, 200, 0.95).interval();
      assertThat(interval.low()).isGreaterThan(before.low());
      assertThat(interval.high()).isGreaterThanOrEqualTo(before.high());
      assertThat(interval.contains(s / 200.0)).isTrue();
      before = interval;
    }
  }

  @Test
  void narrowsWithTrialsAtTheSameRate() {
    double width = 1;
    for (int n = 10; n <= 100_000; n *= 10) {
      Interval interval = new ConfidenceSequence(n / 5, n, 0.95).interval();
      assertThat(interval.high() - interval.low()).isLessThan(width);
      width = interval.high() - interval.low();
    }
  }

  @Test
  void holdsTheIntervalOfEachLowerLevelAndWilsons() {
    for (int s = 0; s <= 50; s++) {
      Interval sure = new ConfidenceSequence(s, 50, 0.99).interval();
      Interval usual = new ConfidenceSequence(s, 50, 0.95).interval();
      Interval wilson = Proportions.wilson(s, 50);
      assertThat(sure.low()).isLessThanOrEqualTo(usual.low());
      assertThat(sure.high()).isGreaterThanOrEqualTo(usual.high());
      assertThat(usual.low()).isLessThanOrEqualTo(wilson.low());
      assertThat(usual.high()).isGreaterThanOrEqualTo(wilson.high());
    }
  }

  /** Ville's inequality, by carrying the probability of all counts from trial to trial. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 0.93})
  void leavesOutTheTrueRateAtAnyOfManyTrialsInAtMostOneOfTwenty(double rate) {
    int most = 300;
    var never = new double[most + 1];
    never[0] = 1;
    double ever = 0;
    for (int n = 1; n <= most; n++) {
      for (int s = n; s >= 0; s--) {
        never[s] = never[s] * (1 - rate) + (s > 0 ? never[s - 1] * rate : 0);
        if (!new ConfidenceSequence(s, n, 0.95).interval().contains(rate)) {
          ever += never[s];
          never[s] = 0;
        }
      }
    }
    assertThat(ever).isBetween(1e-6, 0.05);
  }

  @Test
  void refusesWhatIsNoRateAndNoLevel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfidenceSequence(4, 3, 0.95))
        .withMessageContaining("4 of 3");
    assertThatIllegalArgumentException().isThrownBy(() -> new ConfidenceSequence(-1, 3, 0.95));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfidenceSequence(1, 3, 95))
        .withMessageContaining("95");
  }
}
