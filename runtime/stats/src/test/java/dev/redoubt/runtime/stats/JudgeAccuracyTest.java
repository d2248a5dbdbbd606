package dev.redoubt.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.redoubt.core.Interval;
import dev.redoubt.runtime.stats.CorrectedRate.Corrected;
import dev.redoubt.runtime.stats.CorrectedRate.NotCorrectable;
import dev.redoubt.runtime.stats.CorrectedRate.Reason;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeAccuracyTest {
  /**
   * The estimate of the first row is that of epiR's manual, epi.prev: 5.1 cases per 100 cows. The
   * intervals were reckoned apart, in Python, by the formula of Lang and Reiczigel's R script.
   */
  @ParameterizedTest
  @CsvSource({
    "23, 150, 96, 100, 89, 100, 0.050980, 0, 0.145668",
    "2, 78, 50, 100, 199, 200, 0.041699, 0, 0.177704",
    "27, 650, 50, 100, 199, 200, 0.073815, 0.027460, 0.114583",
    "40, 100, 45, 50, 48, 50, 0.418605, 0.289911, 0.550221",
    "130, 200, 98, 100, 80, 100, 0.576923, 0.473836, 0.672374"
  })
  void agreesWithTheAuthorsFormula(
      int hits, int n, int tp, int pos, int tn, int neg, double rate, double low, double high) {
    Corrected corrected = corrected(new JudgeAccuracy(tp, pos, tn, neg), hits, n);
    assertThat(corrected.rate()).isEqualTo(rate, within(5e-7));
    assertThat(corrected.interval().low()).isEqualTo(low, within(5e-7));
    assertThat(corrected.interval().high()).isEqualTo(high, within(5e-7));
    assertThat(corrected.interval().method()).isEqualTo("lang-reiczigel");
  }

  @Test
  void leavesTheRateOfAPerfectJudgeAloneAndWidensItsInterval() {
    Corrected corrected = corrected(new JudgeAccuracy(20, 20, 20, 20), 30, 100);
    Interval wilson = Proportions.wilson(30, 100);
    assertThat(corrected.rate()).isEqualTo(0.3, within(1e-12));
    assertThat(width(corrected.interval())).isGreaterThan(wilson.high() - wilson.low());
  }

  @Test
  void narrowsWithMoreLabels() {
    double few = width(corrected(new JudgeAccuracy(18, 20, 18, 20), 30, 100).interval());
    double many =
        width(corrected(new JudgeAccuracy(1_800, 2_000, 1_800, 2_000), 30, 100).interval());
    assertThat(many).isLessThan(few);
  }

  @Test
  void mirrorsWhenSuccessesAndFailuresAreSwapped() {
    Corrected one = corrected(new JudgeAccuracy(27, 30, 40, 50), 30, 100);
    Corrected other = corrected(new JudgeAccuracy(40, 50, 27, 30), 70, 100);
    assertThat(one.rate()).isEqualTo(1 - other.rate(), within(1e-12));
    assertThat(one.interval().low()).isEqualTo(1 - other.interval().high(), within(1e-12));
  }

  @Test
  void alwaysHoldsItsEstimate() {
    var judge = new JudgeAccuracy(19, 20, 39, 40);
    for (int hits = 0; hits <= 50; hits++) {
      if (judge.correct(hits, 50) instanceof Corrected(double rate, Interval interval)) {
        assertThat(interval.contains(rate)).as("%s of 50", hits).isTrue();
        assertThat(interval.low()).isNotNegative();
        assertThat(interval.high()).isLessThanOrEqualTo(1);
      }
    }
    assertThat(judge.correct(25, 50)).isInstanceOf(Corrected.class);
  }

  @ParameterizedTest
  @CsvSource({"10, 20, 10, 20", "2, 20, 17, 20", "0, 20, 20, 20", "1, 1, 30, 100"})
  void saysThatAJudgeNoBetterThanChanceCannotBeCorrected(int tp, int pos, int tn, int neg) {
    assertThat(new JudgeAccuracy(tp, pos, tn, neg).correct(5, 30))
        .isEqualTo(new NotCorrectable(Reason.NO_BETTER_THAN_CHANCE));
  }

  @Test
  void correctsAJudgeJustBetterThanChanceWithAWideInterval() {
    Corrected corrected = corrected(new JudgeAccuracy(11, 20, 10, 20), 15, 30);
    assertThat(corrected.interval().low()).isZero();
    assertThat(corrected.interval().high()).isEqualTo(1);
  }

  @Test
  void saysThatTheRunIsUnlikeTheLabelledSet() {
    // One in ten false alarms on the labelled set, none in 200 replies.
    assertThat(new JudgeAccuracy(45, 50, 45, 50).correct(0, 200))
        .isEqualTo(new NotCorrectable(Reason.UNLIKE_LABELLED_SET));
    assertThat(new JudgeAccuracy(45, 50, 45, 50).correct(200, 200))
        .isEqualTo(new NotCorrectable(Reason.UNLIKE_LABELLED_SET));
  }

  @Test
  void needsVerdictsAndLabelsOfBothKinds() {
    assertThat(new JudgeAccuracy(9, 10, 9, 10).correct(0, 0))
        .isEqualTo(new NotCorrectable(Reason.NO_VERDICTS));
    assertThat(new JudgeAccuracy(0, 0, 9, 10).correct(1, 10))
        .isEqualTo(new NotCorrectable(Reason.NO_LABELS));
    assertThat(new JudgeAccuracy(9, 10, 0, 0).correct(1, 10))
        .isEqualTo(new NotCorrectable(Reason.NO_LABELS));
    assertThat(Reason.NO_LABELS.words()).contains("labelled set");
  }

  @Test
  void givesItsOwnAccuracyWithWilsonIntervals() {
    var judge = new JudgeAccuracy(9, 10, 19, 20);
    assertThat(judge.sensitivity()).isEqualTo(0.9);
    assertThat(judge.specificity()).isEqualTo(0.95);
    assertThat(judge.sensitivityInterval()).isEqualTo(Proportions.wilson(9, 10));
    assertThat(judge.specificityInterval()).isEqualTo(Proportions.wilson(19, 20));
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JudgeAccuracy(11, 10, 1, 1))
        .withMessageContaining("11 of 10");
    assertThatIllegalArgumentException().isThrownBy(() -> new JudgeAccuracy(1, 1, -1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JudgeAccuracy(1, 1, 1, 1).correct(3, 2))
        .withMessageContaining("3 of 2");
  }

  private static Corrected corrected(JudgeAccuracy judge, int hits, int n) {
    return assertThat(judge.correct(hits, n))
        .asInstanceOf(InstanceOfAssertFactories.type(Corrected.class))
        .actual();
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }
}
