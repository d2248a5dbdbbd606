package dev.redoubt.guard.engine;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a person is asked about what a policy wants confirmed.
 *
 * @param patience how long a question waits; then it is a no
 * @param most how many questions may wait at once; none where nobody is asked
 * @param webhook where the gateway posts each question; absent for none
 * @since 0.2.0
 */
public record Asking(Duration patience, int most, @Nullable URI webhook) {
  /** Nobody is asked. */
  public static final Asking NOBODY = new Asking(Duration.ZERO, 0, null);

  public Asking {
    if (patience.isNegative() || most < 0) {
      throw new IllegalArgumentException("no way to ask: " + patience + ", " + most);
    }
  }
}
