package dev.redoubt.core;

import java.util.List;

/**
 * How an attack spread through a population of mailboxes in one attempt.
 *
 * @param population mailboxes of the population, at least 2
 * @param infected for each infected mailbox whose assistant was asked, how many others it sent the
 *     text to; in the order in which they were asked. Those that had it already count too: each
 *     number is that of a population still whole
 * @since 0.1.0
 */
public record Spread(int population, List<Integer> infected) {
  public Spread {
    infected = List.copyOf(infected);
    if (population < 2 || infected.stream().anyMatch(n -> n < 0 || n >= population)) {
      throw new IllegalArgumentException("no spread in " + population + " mailboxes: " + infected);
    }
  }
}
