package dev.redoubt.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void isTheDocumentedFunction() {
    // printf '\0\0\0\0\0\0\0\7\0\0\0\1a\0\0\0\2bc' | sha256sum
    assertThat(Seeds.derive(7, "a", "bc")).isEqualTo(0x3ed74bc762aab01fL);
  }

  @Test
  void tellsPartsRunsAndOrdersApart() {
    var seen = new HashSet<Long>();
    for (long run = -2; run < 3; run++) {
      seen.add(Seeds.derive(run));
      seen.add(Seeds.derive(run, "a", "bc"));
      seen.add(Seeds.derive(run, "ab", "c"));
      seen.add(Seeds.derive(run, "bc", "a"));
    }
    assertThat(seen).hasSize(20);
  }

  @Test
  void foldsIntoThirtyOneBits() {
    assertThat(Seeds.positive31(-1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Seeds.positive31(0)).isZero();
    assertThat(Seeds.positive31(Long.MIN_VALUE)).isEqualTo(1L << 30);
  }
}
