package dev.redoubt.app.report.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.redoubt.core.Interval;
import org.junit.jupiter.api.Test;

class WilsonTest {
  /** Worked out from the formula of the paper, with z = 1.959964. */
  @Test
  void agreesWithKnownValues() {
    Interval most = Wilson.of(13, 15);
    assertThat(most.low()).isCloseTo(0.6212, within(1e-4));
    assertThat(most.high()).isCloseTo(0.9626, within(1e-4));
    Interval none = Wilson.of(0, 15);
    assertThat(none.low()).isCloseTo(0, within(1e-12));
    assertThat(none.high()).isCloseTo(0.2039, within(1e-4));
  }

  @Test
  void knowsNothingWithoutTrials() {
    assertThat(Wilson.of(0, 0)).isEqualTo(new Interval(0, 1, 0.95, "wilson"));
  }
}
