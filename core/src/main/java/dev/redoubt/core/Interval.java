package dev.redoubt.core;

/**
 * A two-sided confidence interval.
 *
 * @param low lower end
 * @param high upper end
 * @param level confidence level, such as 0.95
 * @param method name of the method, such as {@code wilson}, {@code newcombe}
 */
public record Interval(double low, double high, double level, String method) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval ends are out of order: " + low + " > " + high);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("confidence level must lie in (0, 1), not " + level);
    }
  }

  /** Says whether {@code value} lies in the closed interval. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
