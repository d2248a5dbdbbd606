package dev.redoubt.bench;

import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What 2,000 calls to a stub that takes 50 ms take, 32 at a time, by this product and by promptfoo
 * and garak: whole processes, from start to exit, one after the other in the same run. The stub
 * counts the calls, how many were under way at once, and the different prompts. A few calls by each
 * go before, so that no tool waits for a cold disk.
 */
public final class RivalsBench {
  private static final int CALLS = 2_000;
  private static final int FEW = 10;
  private static final int OUR_ROUNDS = 3;
  private static final int DELAY_MILLIS = 50;
  private static final int MOST_MINUTES = 30;
  private static final int TIMES_PROMPTFOO = 5;
  private static final int TIMES_GARAK = 20;

  /** promptfoo and garak, each in two ways. */
  private static final int RIVALS = 4;

  /** Seconds that so many calls take at least, so many at a time. */
  private static final double BEST = (double) CALLS / Rival.CONCURRENCY * DELAY_MILLIS / 1000;

  private RivalsBench() {}

  /** What one process took, and what the stub saw of it. */
  private record Round(double seconds, int calls, int most, int prompts) {}

  /**
   * Measures and prints; ends with 1 when a ratio is missed, 3 when a tool is left out.
   *
   * @param args {@code --promptfoo EXECUTABLE}, {@code --garak PYTHON} (or the variables {@code
   *     REDOUBT_BENCH_PROMPTFOO} and {@code REDOUBT_BENCH_GARAK}), {@code --install}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = options(args, System.getenv());
    if (options.containsKey(BenchOptions.USAGE)) {
      System.err.println(
          "usage: ./redoubt bench rivals [--promptfoo EXECUTABLE] [--garak PYTHON] [--install]");
      System.exit(2);
    }
    List<Rival> rivals = new RivalTools(options, System.getenv(), System.out).found();
    var ours = new Rival.Ours(Path.of(System.getProperty("redoubt.home")), "this build");
    boolean good = run(ours, rivals, System.out);
    System.exit(!good ? 1 : rivals.size() < RIVALS ? 3 : 0);
  }

  private static Map<String, String> options(String[] args, Map<String, String> environment) {
    var options = new HashMap<String, String>();
    for (String tool : List.of("promptfoo", "garak")) {
      String path = environment.get("REDOUBT_BENCH_" + tool.toUpperCase(Locale.ROOT));
      if (path != null && !path.isBlank()) {
        options.put(tool, path);
      }
    }
    options.putAll(BenchOptions.read(args, Set.of("install"), Set.of("promptfoo", "garak")));
    return options;
  }

  private static boolean run(Rival.Ours ours, List<Rival> rivals, PrintStream out)
      throws IOException, InterruptedException {
    var all = new ArrayList<Rival>();
    all.add(ours);
    all.addAll(rivals);
    for (Rival one : all) {
      round(one, FEW);
    }
    var rounds = new LinkedHashMap<Rival, List<Round>>();
    for (int i = 0; i < OUR_ROUNDS; i++) {
      rounds.computeIfAbsent(ours, r -> new ArrayList<>()).add(round(ours, CALLS));
    }
    for (Rival rival : rivals) {
      rounds.put(rival, List.of(round(rival, CALLS)));
    }
    return report(ours, rounds, out);
  }

  private static Round round(Rival rival, int calls) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("redoubt-rivals");
    Set<String> prompts = ConcurrentHashMap.newKeySet();
    try (StubEndpoint stub =
        StubEndpoint.builder()
            .script(request -> {
              prompts.add(request.lastUserText());
              return StubReply.text("I can't help with that, I'm sorry.");
            })
            .delay(Duration.ofMillis(DELAY_MILLIS))
            .withoutRecording()
            .start()) {
      List<String> command = rival.command(folder, stub.baseUrl(), calls);
      Path said = folder.resolve("said.txt");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      rival
          .environment(folder)
          .forEach((key, value) -> {
            if (value.isEmpty()) {
              builder.environment().remove(key);
            } else {
              builder.environment().put(key, value);
            }
          });
      long begun = System.nanoTime();
      Process process = builder.start();
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException(rival.name() + " took more than " + MOST_MINUTES + " minutes");
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (process.exitValue() != 0 || stub.calls() == 0) {
        throw new IOException(
            rival.name()
                + " ended with "
                + process.exitValue()
                + " after "
                + stub.calls()
                + " calls:\n"
                + Files.readString(said));
      }
      return new Round(seconds, stub.calls(), stub.mostInFlight(), prompts.size());
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static boolean report(Rival.Ours ours, Map<Rival, List<Round>> rounds, PrintStream out) {
    double base = median(rounds.getOrDefault(ours, List.of()));
    out.printf(
        Locale.ROOT,
        "%,d calls of %d ms, %d at a time; whole processes; at best %.2f s%n",
        CALLS,
        DELAY_MILLIS,
        Rival.CONCURRENCY,
        BEST);
    out.printf(
        Locale.ROOT,
        "%-22s %-12s %8s %8s %8s %8s %9s %8s%n",
        "tool",
        "version",
        "seconds",
        "x ours",
        "at least",
        "calls",
        "at once",
        "prompts");
    boolean good = true;
    for (Map.Entry<Rival, List<Round>> entry : rounds.entrySet()) {
      Rival rival = entry.getKey();
      double seconds = median(entry.getValue());
      Integer wanted = wanted(rival);
      boolean sameWork = entry.getValue().stream().allMatch(r -> r.calls() == CALLS);
      boolean reached = sameWork && (wanted == null || seconds / base >= wanted);
      good &= reached;
      Round last = entry.getValue().getLast();
      out.printf(
          Locale.ROOT,
          "%-22s %-12s %8.2f %8.1f %8s %8d %9d %8d  %s%n",
          rival.name(),
          rival.version(),
          seconds,
          seconds / base,
          wanted == null ? "" : wanted.toString(),
          last.calls(),
          last.most(),
          last.prompts(),
          word(rival, sameWork, reached, seconds));
    }
    out.printf(Locale.ROOT, "ours: median of %d rounds; load %s%n", OUR_ROUNDS, load());
    return good;
  }

  private static String word(Rival rival, boolean sameWork, boolean reached, double seconds) {
    if (!sameWork) {
      return "MISSED: not " + CALLS + " calls";
    }
    Integer wanted = wanted(rival);
    if (wanted == null || reached) {
      return wanted == null ? "" : "reached";
    }
    // Who waits for the same calls as often at once can't be beaten by more.
    return seconds / BEST < wanted
        ? String.format(Locale.ROOT, "MISSED: %.1f is the most that is possible", seconds / BEST)
        : "MISSED";
  }

  /** How many times as long as ours it must take; null for ourselves. */
  private static @Nullable Integer wanted(Rival rival) {
    return switch (rival) {
      case Rival.Ours ours -> null;
      case Rival.Promptfoo promptfoo -> TIMES_PROMPTFOO;
      case Rival.Garak garak -> TIMES_GARAK;
    };
  }

  /** How busy the machine was, since that is no machine of its own. */
  private static String load() {
    double load =
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(
        Locale.ROOT, "%.1f on %d processors", load, Runtime.getRuntime().availableProcessors());
  }

  private static double median(List<Round> rounds) {
    double[] sorted = rounds.stream().mapToDouble(Round::seconds).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
