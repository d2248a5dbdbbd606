package dev.redoubt.runtime.stats;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Interval;
import dev.redoubt.core.Spread;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reproduction number of an attack that spreads: how many others an infected mailbox infects, on
 * average, in a population that is still whole. Below 1 an outbreak dies out.
 *
 * @param population mailboxes of the population
 * @param outbreaks attempts that were followed; repeats of an earlier one are left out
 * @param mailboxes infected mailboxes whose assistant was asked, over all outbreaks
 * @param number the mean
 * @param interval its interval, see {@link BoundedMean}
 * @since 0.1.0
 */
public record Reproduction(
    int population, int outbreaks, int mailboxes, double number, Interval interval) {

  /**
   * Takes the outbreaks of attempts together, those of the largest population where they differ.
   *
   * @return empty when no spread was measured
   */
  public static Optional<Reproduction> of(Collection<Attempt> attempts) {
    List<Spread> all =
        attempts.stream()
            .filter(a -> a.duplicateOf() == null)
            .flatMap(a -> Optional.ofNullable(a.spread()).stream())
            .filter(s -> !s.infected().isEmpty())
            .toList();
    int population = all.stream().mapToInt(Spread::population).max().orElse(0);
    List<Spread> outbreaks = all.stream().filter(s -> s.population() == population).toList();
    if (outbreaks.isEmpty()) {
      return Optional.empty();
    }
    int[] counts =
        outbreaks.stream()
            .flatMap(s -> s.infected().stream())
            .mapToInt(Integer::intValue)
            .toArray();
    double sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return Optional.of(
        new Reproduction(
            population,
            outbreaks.size(),
            counts.length,
            sum / counts.length,
            BoundedMean.interval(counts, population - 1)));
  }

  /** The number with all that belongs to it, such as for a line of a report. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "R = %.2f others per infected mailbox (95 %% interval %.2f to %.2f, %s; %d infected mailboxes"
            + " asked in %d distinct outbreaks among %d)",
        number,
        interval.low(),
        interval.high(),
        interval.method(),
        mailboxes,
        outbreaks,
        population);
  }
}
