package dev.redoubt.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.redoubt.core.Interval;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionsTest {
  private static final Offset<Double> FOUR_DIGITS = within(0.00005);

  @Nested
  class Wilson {
    /** Newcombe 1998, Stat. Med. 17:857-872, table I, method 3. */
    @ParameterizedTest
    @CsvSource({
      "81, 263, 0.2553, 0.3662",
      "15, 148, 0.0624, 0.1605",
      "0, 20, 0.0000, 0.1611",
      "1, 29, 0.0061, 0.1718"
    })
    void agreesWithThePublishedExamples(int successes, int trials, double low, double high) {
      Interval wilson = Proportions.wilson(successes, trials);
      assertThat(wilson.low()).isEqualTo(low, FOUR_DIGITS);
      assertThat(wilson.high()).isEqualTo(high, FOUR_DIGITS);
      assertThat(wilson.method()).isEqualTo("wilson");
    }

    @Test
    void touchesTheEndsAtNoneAndAll() {
      assertThat(Proportions.wilson(0, 15).low()).isZero();
      assertThat(Proportions.wilson(15, 15).high()).isEqualTo(1);
    }

    @Test
    void saysNothingWithoutTrials() {
      assertThat(Proportions.wilson(0, 0)).isEqualTo(new Interval(0, 1, 0.95, "wilson"));
    }

    @Test
    void refusesMoreSuccessesThanTrials() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Proportions.wilson(4, 3))
          .withMessageContaining("4 of 3");
    }
  }

  @Nested
  class NewcombeUnpaired {
    /** Newcombe 1998, Stat. Med. 17:873-890, table II, method 10. */
    @ParameterizedTest
    @CsvSource({
      "56, 70, 48, 80, 0.0524, 0.3339",
      "9, 10, 3, 10, 0.1705, 0.8090",
      "6, 7, 2, 7, 0.0582, 0.8062",
      "5, 56, 0, 29, -0.0381, 0.1926",
      "0, 10, 0, 20, -0.1611, 0.2775",
      "0, 10, 0, 10, -0.2775, 0.2775",
      "10, 10, 0, 20, 0.6791, 1.0000"
    })
    void agreesWithThePublishedExamples(int a, int m, int b, int n, double low, double high) {
      Interval interval = Proportions.newcombe(a, m, b, n, 0.95);
      assertThat(interval.low()).isEqualTo(low, FOUR_DIGITS);
      assertThat(interval.high()).isEqualTo(high, FOUR_DIGITS);
    }

    @Test
    void saysNothingWithoutTrials() {
      assertThat(Proportions.newcombe(0, 0, 1, 5, 0.95).contains(0)).isTrue();
    }
  }

  @Nested
  class NewcombePaired {
    /**
     * The examples of Fagerland, Lydersen and Laake, Stat. Med. 33 (2014) 2850-2875, "Newcombe
     * square-and-add": Bentur (1, 1, 7, 12) and Cavo (59, 6, 16, 80).
     */
    @ParameterizedTest
    @CsvSource({"1, 1, 7, 12, -0.5069, -0.0256", "59, 6, 16, 80, -0.1186, -0.0046"})
    void agreesWithThePublishedExamples(int a, int b, int c, int d, double low, double high) {
      Interval interval = Proportions.newcombePaired(a, b, c, d, 0.95);
      assertThat(interval.low()).isEqualTo(low, FOUR_DIGITS);
      assertThat(interval.high()).isEqualTo(high, FOUR_DIGITS);
      assertThat(interval.method()).isEqualTo("newcombe-paired");
    }

    @Test
    void mirrorsWhenTheTwoTimesAreSwapped() {
      Interval one = Proportions.newcombePaired(3, 9, 1, 7, 0.95);
      Interval other = Proportions.newcombePaired(3, 1, 9, 7, 0.95);
      assertThat(one.low()).isEqualTo(-other.high(), within(1e-12));
      assertThat(one.high()).isEqualTo(-other.low(), within(1e-12));
    }

    @Test
    void saysNothingWithoutPairs() {
      assertThat(Proportions.newcombePaired(0, 0, 0, 0, 0.95).low()).isEqualTo(-1);
    }
  }

  @Nested
  class Paired {
    @Test
    void isBonettAndPricesWhereThatIsTheWiderEnd() {
      // 40 and 3 of 100 pairs changed: 41/102 - 4/102 -+ 1.95996 sqrt((45 - 37^2/102) / 102^2).
      Interval interval = Proportions.paired(20, 40, 3, 37, 0.95);
      Interval newcombe = Proportions.newcombePaired(20, 40, 3, 37, 0.95);
      assertThat(interval.low()).isEqualTo(Math.min(newcombe.low(), 0.254765), within(5e-7));
      assertThat(interval.high()).isEqualTo(Math.max(newcombe.high(), 0.470725), within(5e-7));
      assertThat(interval.method()).isEqualTo("newcombe+bonett-price");
    }

    @Test
    void holdsNewcombesIntervalAndStaysWithinPossibleDifferences() {
      for (int b = 0; b <= 12; b++) {
        for (int c = 0; b + c <= 12; c++) {
          Interval interval = Proportions.paired(0, b, c, 12 - b - c, 0.95);
          Interval newcombe = Proportions.newcombePaired(0, b, c, 12 - b - c, 0.95);
          assertThat(interval.low()).isBetween(-1.0, newcombe.low());
          assertThat(interval.high()).isBetween(newcombe.high(), 1.0);
        }
      }
    }

    /** The guard that turns an attack that nearly always works into one that hardly ever does. */
    @Test
    void coversWhereNewcombesAloneDoesNot() {
      assertThat(coverage(Proportions::newcombePaired)).isLessThan(0.9);
      assertThat(coverage(Proportions::paired)).isGreaterThan(0.94);
    }

    private static double coverage(Method method) {
      double[] cell = {0.98 * 0.02, 0.98 * 0.98, 0.02 * 0.02, 0.02 * 0.98};
      double[] logFactorial = new double[21];
      for (int i = 2; i <= 20; i++) {
        logFactorial[i] = logFactorial[i - 1] + Math.log(i);
      }
      double covered = 0;
      for (int a = 0; a <= 20; a++) {
        for (int b = 0; a + b <= 20; b++) {
          for (int c = 0; a + b + c <= 20; c++) {
            int d = 20 - a - b - c;
            if (method.of(a, b, c, d, 0.95).contains(0.96)) {
              covered +=
                  Math.exp(
                      logFactorial[20]
                          - logFactorial[a]
                          - logFactorial[b]
                          - logFactorial[c]
                          - logFactorial[d]
                          + a * Math.log(cell[0])
                          + b * Math.log(cell[1])
                          + c * Math.log(cell[2])
                          + d * Math.log(cell[3]));
            }
          }
        }
      }
      return covered;
    }

    private interface Method {
      Interval of(int both, int onlyFirst, int onlySecond, int neither, double level);
    }

    @Test
    void mirrorsWhenTheTwoTimesAreSwapped() {
      Interval one = Proportions.paired(3, 9, 1, 7, 0.95);
      Interval other = Proportions.paired(3, 1, 9, 7, 0.95);
      assertThat(one.low()).isEqualTo(-other.high(), within(1e-12));
    }

    @Test
    void refusesNegativeCounts() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Proportions.paired(1, -1, 0, 0, 0.95))
          .withMessageContaining("-1");
    }
  }

  @Nested
  class McNemar {
    /** Approval ratings, Agresti, Categorical Data Analysis: R's exact2x2 prints 3.716e-05. */
    @Test
    void agreesWithThePublishedExample() {
      assertThat(Proportions.mcNemarExact(150, 86)).isEqualTo(3.716e-05, within(5e-9));
    }

    @Test
    void isTheBinomialTailForSmallCounts() {
      assertThat(Proportions.mcNemarExact(12, 2))
          .isEqualTo(2 * (1 + 14 + 91) / 16384.0, within(1e-12));
    }

    @Test
    void isOneWhenNothingChanged() {
      assertThat(Proportions.mcNemarExact(0, 0)).isEqualTo(1);
      assertThat(Proportions.mcNemarExact(5, 5)).isEqualTo(1);
    }

    @Test
    void doesNotUnderflowOnManyPairs() {
      assertThat(Proportions.mcNemarExact(2000, 1500)).isBetween(1e-20, 1e-10);
    }
  }
}
