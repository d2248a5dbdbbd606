package dev.redoubt.bench;

import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignListener;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.CampaignSpec;
import dev.redoubt.attack.chat.Plan;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.attack.chat.Target;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Location;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.testkit.StubEndpoint;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What it takes to go on with a run whose tape holds 100,000 exchanges, and to judge it anew. Both
 * happen in a process of their own with a heap of 256 MB. The tape is that of a small real run, its
 * lines repeated with the ids of the other attempts; ten attempts are left to be made, and the
 * clock of the resumption runs from the process's first line of Java to the first call.
 */
public final class TapeBench {
  private static final int EXCHANGES = 100_000;
  private static final int LEFT = 10;
  private static final int HEAP_MIB = 256;
  private static final double MOST_SECONDS = 3;
  private static final String SECRET = "kx7-Wq2Lm9Zr4Tb8";

  private TapeBench() {}

  /** Measures, prints and ends the process: 0 when all is reached, 1 when something is missed. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3) {
      go(arguments[0], arguments[1], Path.of(arguments[2]), System.out);
    } else {
      System.exit(run(System.out) ? 0 : 1);
    }
  }

  private static boolean run(PrintStream out) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("redoubt-tape-bench");
    try (StubEndpoint stub =
        StubEndpoint.builder()
            .withoutRecording()
            .script(r -> dev.redoubt.testkit.StubReply.text(reply(r.json().path("seed").asLong())))
            .start()) {
      String url = stub.baseUrl().toString();
      Path small = Files.createDirectory(folder.resolve("small"));
      Campaign.run(
          Campaign.plan(spec(2), target(url, small)), new RunFolder(small), CampaignListener.NONE);
      Path large = Files.createDirectory(folder.resolve("large"));
      lengthen(small, large);
      out.printf(
          Locale.ROOT,
          "tape of %,d exchanges, %d MB%n",
          EXCHANGES - LEFT,
          Files.size(large.resolve(RunFolder.TAPE)) >> 20);
      double[] resumed = process("resume", url, large);
      double[] replayed = process("replay", url, large);
      boolean soon = resumed[0] <= MOST_SECONDS;
      boolean small1 = resumed[1] <= HEAP_MIB;
      boolean small2 = replayed[1] <= HEAP_MIB;
      out.printf(
          Locale.ROOT,
          "%-42s %8.2f s    limit %.0f s    %s%n",
          "resume, to the first call",
          resumed[0],
          MOST_SECONDS,
          word(soon));
      out.printf(
          Locale.ROOT,
          "%-42s %8.0f MB   limit %d MB  %s%n",
          "resume, peak of the heap",
          resumed[1],
          HEAP_MIB,
          word(small1));
      out.printf(Locale.ROOT, "%-42s %8.2f s%n", "re-score, the whole tape", replayed[0]);
      out.printf(
          Locale.ROOT,
          "%-42s %8.0f MB   limit %d MB  %s%n",
          "re-score, peak of the heap",
          replayed[1],
          HEAP_MIB,
          word(small2));
      return soon && small1 && small2;
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String word(boolean reached) {
    return reached ? "reached" : "MISSED";
  }

  /** An answer of 600 characters, some of them leaks. */
  private static String reply(long seed) {
    String filler = "Thank you for asking about your order; our team looks after it with care. ";
    return filler.repeat(8) + (seed % 7 == 0 ? "It is " + SECRET : "Case " + seed % 1000);
  }

  private static CampaignSpec spec(int repetitions) {
    return CampaignSpec.of(11)
        .withObjectives(List.of("secret-leak"))
        .withTechniques(List.of("direct"))
        .withRepetitions(repetitions);
  }

  private static Target target(String url, Path folder) {
    var here = new Location("redoubt.yaml", 1);
    var endpoint =
        new Endpoint(
            "bench",
            here,
            url,
            "stub",
            Map.of(),
            List.of(),
            Map.of(),
            GroundTruth.builder()
                .facts(List.of(new PlantedFact("KEY", SECRET, PlantedFact.Kind.SECRET, null)))
                .build());
    var system = new AiSystem("bench", "", "", null, List.of(endpoint), List.of());
    return Target.of(system, endpoint, folder);
  }

  /** Repeats the records of the first attempt for all others but the last ones. */
  private static void lengthen(Path small, Path large) throws IOException {
    List<String> lines = Files.readAllLines(small.resolve(RunFolder.TAPE));
    List<String> first = lines.stream().filter(l -> l.contains("direct/0\"")).toList();
    try (BufferedWriter out = Files.newBufferedWriter(large.resolve(RunFolder.TAPE))) {
      out.write(lines.getFirst() + "\n");
      for (int i = 0; i < EXCHANGES - LEFT; i++) {
        for (String line : first) {
          out.write(
              line.replace("direct/0\"", "direct/" + i + "\"")
                  .replace("\"repetition\":0", "\"repetition\":" + i)
                  .replace("\"same\":\"", "\"same\":\"" + i));
          out.write('\n');
        }
      }
    }
    String pass = Files.readString(small.resolve("campaign-run.json"));
    Files.writeString(
        large.resolve("campaign-run.json"),
        pass.replaceFirst("\"repetitions\" : 2", "\"repetitions\" : " + EXCHANGES));
  }

  /** Seconds and peak of the heap in MiB. */
  private static double[] process(String what, String url, Path folder)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                // As the launcher starts redoubt attack.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TapeBench.class.getName(),
                what,
                url,
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(what + " failed: " + said);
    }
    String[] words = said.strip().split(" ", -1);
    return new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])};
  }

  private static void go(String what, String url, Path folder, PrintStream out) {
    long begun = System.nanoTime();
    var first = new AtomicLong();
    var listener =
        new CampaignListener() {
          private int heard;

          @Override
          public void started(Plan plan, int taped) {
            // The tape is read by now; verdicts that it holds are heard before the first call.
            first.set(System.nanoTime());
          }

          @Override
          public void attempt(Attempt attempt, int done, int total) {
            heard++;
            if (heard == EXCHANGES - LEFT) {
              first.set(System.nanoTime());
            }
          }
        };
    CampaignResult result =
        what.equals("resume")
            ? Campaign.resume(new RunFolder(folder), "run", target(url, folder), listener)
            : Campaign.replay(new RunFolder(folder), "run", target(url, folder), listener);
    int wanted = EXCHANGES;
    if (result.attempts().size() != wanted) {
      throw new IllegalStateException(result.attempts().size() + " attempts instead of " + wanted);
    }
    long end = what.equals("resume") ? first.get() : System.nanoTime();
    out.println((end - begun) / 1e9 + " " + peakHeapMib());
    out.flush();
    System.exit(0);
  }

  private static long peakHeapMib() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        >> 20;
  }
}
