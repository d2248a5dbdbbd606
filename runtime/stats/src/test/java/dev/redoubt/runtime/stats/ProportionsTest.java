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
