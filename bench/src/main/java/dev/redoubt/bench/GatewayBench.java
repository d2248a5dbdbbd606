package dev.redoubt.bench;

import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.gateway.Gateway;
import dev.redoubt.guard.gateway.GatewayConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What the gateway costs without scanners: upstream, gateway and load generator in one process on
 * the same cores, direct calls and calls through the gateway in turn. Of five rounds the median
 * counts.
 */
public final class GatewayBench {
  private static final int ROUNDS = 5;
  private static final int CALLS_ALONE = 4_000;
  private static final int CALLS_TOGETHER = 24_000;
  private static final int CONCURRENCY = 32;
  private static final double MOST_P50_MS = 0.5;
  private static final double MOST_P99_MS = 3;
  private static final double LEAST_PER_SECOND = 5_000;

  private GatewayBench() {}

  /** Measures, prints and ends the process: 0 when all is reached, 1 when something is missed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(run(System.out) ? 0 : 1);
  }

  private static boolean run(PrintStream out) throws IOException, InterruptedException {
    try (var upstream = new FixedUpstream();
        var gateway =
            Gateway.start(
                GatewayConfig.onLoopback(
                    Guard.of(Policy.EMPTY), upstream.baseUrl(), Place.BOTH, event -> {}))) {
      var direct = new LoadGenerator(upstream.baseUrl());
      var guarded = new LoadGenerator(gateway.baseUrl());
      for (int i = 0; i < 3; i++) {
        direct.run(CONCURRENCY, CALLS_TOGETHER);
        guarded.run(CONCURRENCY, CALLS_TOGETHER);
        guarded.run(1, CALLS_ALONE);
      }
      var alone = rounds(direct, guarded, 1, CALLS_ALONE);
      var together = rounds(direct, guarded, CONCURRENCY, CALLS_TOGETHER);
      return report(out, alone, together);
    }
  }

  /** The rounds of both sides, taken in turn. */
  private record Sides(List<LoadGenerator.Round> direct, List<LoadGenerator.Round> guarded) {}

  private static Sides rounds(
      LoadGenerator direct, LoadGenerator guarded, int concurrency, int calls)
      throws IOException, InterruptedException {
    var sides = new Sides(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < ROUNDS; i++) {
      sides.direct().add(direct.run(concurrency, calls));
      sides.guarded().add(guarded.run(concurrency, calls));
    }
    return sides;
  }

  private static boolean report(PrintStream out, Sides alone, Sides together) {
    out.printf("%-28s %10s %10s %12s%n", "", "p50 ms", "p99 ms", "calls/s");
    line(out, "c=1  direct", alone.direct());
    line(out, "c=1  through the gateway", alone.guarded());
    line(out, "c=32 direct", together.direct());
    line(out, "c=32 through the gateway", together.guarded());
    double p50 = added(alone, LoadGenerator.Round::p50);
    double p99 = added(alone, LoadGenerator.Round::p99);
    double perSecond = median(together.guarded(), LoadGenerator.Round::perSecond);
    boolean good =
        reached(out, "c=1: p50 added, ms", p50, p50 <= MOST_P50_MS, "at most " + MOST_P50_MS);
    good &= reached(out, "c=1: p99 added, ms", p99, p99 <= MOST_P99_MS, "at most " + MOST_P99_MS);
    good &=
        reached(
            out,
            "c=32: calls/s",
            perSecond,
            perSecond >= LEAST_PER_SECOND,
            "at least " + LEAST_PER_SECOND);
    return good;
  }

  private static double added(Sides sides, ToDoubleFunction<LoadGenerator.Round> value) {
    return median(sides.guarded(), value) - median(sides.direct(), value);
  }

  private static double median(
      List<LoadGenerator.Round> rounds, ToDoubleFunction<LoadGenerator.Round> value) {
    var sorted = rounds.stream().sorted(Comparator.comparingDouble(value)).toList();
    return value.applyAsDouble(sorted.get(sorted.size() / 2));
  }

  private static void line(PrintStream out, String name, List<LoadGenerator.Round> rounds) {
    out.printf(
        Locale.ROOT,
        "%-28s %10.3f %10.3f %12.0f%n",
        name,
        median(rounds, LoadGenerator.Round::p50),
        median(rounds, LoadGenerator.Round::p99),
        median(rounds, LoadGenerator.Round::perSecond));
  }

  private static boolean reached(
      PrintStream out, String what, double value, boolean good, String wanted) {
    out.printf(
        Locale.ROOT, "%-28s %10.3f   %s: %s%n", what, value, wanted, good ? "reached" : "MISSED");
    return good;
  }
}
