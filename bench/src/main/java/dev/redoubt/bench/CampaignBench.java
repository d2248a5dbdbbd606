package dev.redoubt.bench;

import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignListener;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.CampaignSpec;
import dev.redoubt.attack.chat.Plan;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.attack.chat.Target;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Location;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a campaign of 2,000 calls costs against a stub that takes 50 ms to answer, 32 calls at a
 * time. Stub and campaign run in processes of their own; the campaign's is started as the launcher
 * starts {@code redoubt attack}, with its heap of 256 MB and its AOT cache. The wall clock runs
 * from the first call to the last verdict; what a cold process takes to read probes and to plan is
 * printed beside it, as part of the start. CPU time counts from the start of the JVM. Of three
 * rounds the median counts.
 */
public final class CampaignBench {
  private static final int ROUNDS = 3;
  private static final int CALLS = 2_000;
  private static final int CONCURRENCY = 32;
  private static final int DELAY_MILLIS = 50;
  private static final int HEAP_MIB = 256;
  private static final double MOST_TIMES_IDEAL = 1.15;
  private static final double MOST_CPU_MILLIS = 3;

  private CampaignBench() {}

  /** Measures, prints and ends the process: 0 when all is reached, 1 when something is missed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 1 && arguments[0].equals("stub")) {
      stub(System.out);
    } else if (arguments.length == 2 && arguments[0].equals("campaign")) {
      campaign(arguments[1], System.out);
    } else {
      System.exit(run(System.out) ? 0 : 1);
    }
  }

  private static boolean run(PrintStream out) throws IOException, InterruptedException {
    Process stub = java("stub").start();
    try (BufferedReader said = stub.inputReader()) {
      String url = said.readLine();
      var rounds = new ArrayList<Round>();
      // The stub is the measure, not what is measured: it is compiled by now.
      round(url);
      for (int i = 0; i < ROUNDS; i++) {
        rounds.add(round(url));
      }
      return report(out, rounds);
    } finally {
      stub.destroy();
      stub.waitFor();
    }
  }

  /** What one campaign took. */
  private record Round(double planMillis, double wallMillis, double cpuMillis, double heapMib) {}

  private static Round round(String url) throws IOException, InterruptedException {
    Process campaign = product("campaign", url).start();
    try (BufferedReader said = campaign.inputReader()) {
      String line = said.readLine();
      campaign.waitFor();
      if (line == null) {
        throw new IOException("the campaign's process said nothing; run it by hand to see why");
      }
      double[] numbers =
          Pattern.compile(" ").splitAsStream(line).mapToDouble(Double::parseDouble).toArray();
      return new Round(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
  }

  private static ProcessBuilder java(String... arguments) {
    return process(List.of("-XX:+UseSerialGC"), System.getProperty("java.class.path"), arguments);
  }

  /** With the flags of the launcher: bench and testkit stand behind what the cache was made of. */
  private static ProcessBuilder product(String... arguments) {
    Path dist = Path.of(System.getProperty("redoubt.home"), "app/cli/target/redoubt");
    List<String> flags =
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=off",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:AOTCache=" + dist.resolve("redoubt-run.aot"));
    String classPath =
        Stream.of(dist.resolve("redoubt.jar"), jar(CampaignBench.class), jar(StubEndpoint.class))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return process(flags, classPath, arguments);
  }

  private static Path jar(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private static ProcessBuilder process(List<String> flags, String classPath, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + HEAP_MIB + "m");
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, CampaignBench.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static void stub(PrintStream out) throws IOException {
    try (var stub =
        StubEndpoint.builder()
            .script(r -> StubReply.text("I can't help with number " + r.number() + ", I'm sorry."))
            .delay(Duration.ofMillis(DELAY_MILLIS))
            .withoutRecording()
            .start()) {
      out.println(stub.baseUrl());
      // Until the parent ends it.
      while (System.in.read() >= 0) {
        out.flush();
      }
    }
  }

  private static void campaign(String url, PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("redoubt-bench");
    var here = new Location("redoubt.yaml", 1);
    var fact = new PlantedFact("SECRET", "hfm-v5b9zv5tb5a5y7yp", PlantedFact.Kind.SECRET, null);
    var endpoint =
        new Endpoint(
            "stub",
            here,
            url,
            "stub",
            Map.of(),
            List.of(),
            Map.of(),
            GroundTruth.builder().facts(List.of(fact)).build());
    var system = new AiSystem("bench", "bench", "bench", null, List.of(endpoint), List.of());
    CampaignSpec spec =
        CampaignSpec.of(1)
            .withObjectives(List.of("secret-leak"))
            .withRepetitions(CALLS / 5)
            .withConcurrency(CONCURRENCY);
    long begun = System.nanoTime();
    var first = new AtomicLong();
    var clock =
        new CampaignListener() {
          @Override
          public void started(Plan plan, int taped) {
            first.set(System.nanoTime());
          }
        };
    CampaignResult result =
        Campaign.run(
            Campaign.plan(spec, Target.of(system, endpoint, folder)),
            RunFolder.create(folder),
            clock);
    double wall = (System.nanoTime() - first.get()) / 1e6;
    double plan = (first.get() - begun) / 1e6;
    if (result.pooled().allTrials() != CALLS) {
      throw new IllegalStateException(
          "of " + CALLS + " calls only " + result.pooled().allTrials() + " have a verdict");
    }
    out.println(plan + " " + wall + " " + cpuMillis() + " " + peakHeapMib());
    out.flush();
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static double cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  private static double peakHeapMib() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        peak += pool.getPeakUsage().getUsed();
      }
    }
    return peak / 1024.0 / 1024.0;
  }

  private static boolean report(PrintStream out, List<Round> rounds) {
    double ideal = (double) CALLS / CONCURRENCY * DELAY_MILLIS;
    out.printf("%d calls of %d ms, %d at a time%n", CALLS, DELAY_MILLIS, CONCURRENCY);
    out.printf(
        "%-8s %10s %10s %10s %14s %10s%n",
        "round", "plan ms", "wall ms", "x ideal", "CPU ms a call", "heap MB");
    for (int i = 0; i < rounds.size(); i++) {
      Round r = rounds.get(i);
      out.printf(
          "%-8d %10.0f %10.0f %10.2f %14.2f %10.0f%n",
          i + 1,
          r.planMillis(),
          r.wallMillis(),
          r.wallMillis() / ideal,
          r.cpuMillis() / CALLS,
          r.heapMib());
    }
    double times = median(rounds, Round::wallMillis) / ideal;
    double cpu = median(rounds, Round::cpuMillis) / CALLS;
    double heap = median(rounds, Round::heapMib);
    boolean good = reached(out, "times ideal", times, MOST_TIMES_IDEAL);
    good &= reached(out, "CPU ms a call, JVM start included", cpu, MOST_CPU_MILLIS);
    good &= reached(out, "heap MB at its peak", heap, HEAP_MIB);
    return good;
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    var sorted = rounds.stream().sorted(Comparator.comparingDouble(value)).toList();
    return value.applyAsDouble(sorted.get(sorted.size() / 2));
  }

  private static boolean reached(PrintStream out, String what, double value, double most) {
    boolean good = value <= most;
    out.printf("%-36s %8.2f   at most %.2f   %s%n", what, value, most, good ? "reached" : "MISSED");
    return good;
  }
}
