package dev.redoubt.bench;

import dev.redoubt.detect.InjectionChannel;
import dev.redoubt.detect.InjectionDetector;
import dev.redoubt.detect.InjectionModel;
import dev.redoubt.detect.InjectionVerdict;
import dev.redoubt.detect.PromptRows;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The injection classifier on labelled rows that the caller names, {@code guard eval} rows, and its
 * time: texts of 1 KB one after the other on one thread, and documents of 1 MB. Without a file it
 * says so and measures the time alone.
 */
public final class InjectionBench {
  private static final int KILOBYTE = 1_000;
  private static final int MEGABYTE = 1_000_000;
  private static final int TEXTS = 2_000;
  private static final int WARM = 1_000;
  private static final int DOCUMENTS = 5;
  private static final double FIRST_MILLIS = 1;
  private static final double ALL_MILLIS = 3;
  private static final double SLOWEST_MILLIS = 120;
  private static final double DOCUMENT_SECONDS = 2;
  private static final String ORDINARY =
      "Hi, I ordered a pair of walking boots on the third and they have not come yet. The tracking"
          + " page has shown the same town for four days. Could you find out where they are, and"
          + " whether I can change the address to my office? My sister's wedding is on Saturday and"
          + " I would like to wear them in before. If they are lost, please send another pair in"
          + " size 42, brown, and tell me what I have to do to get the money for the first one"
          + " back.\n";

  private InjectionBench() {}

  /**
   * Measures, prints and ends the process: 0 when all is reached, 1 when something is missed.
   *
   * @param args a file of rows, or nothing
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    InjectionDetector both = InjectionDetector.shipped();
    InjectionDetector first = InjectionDetector.of(InjectionModel.shipped(), null);
    out.println(both.models());
    List<String> texts;
    if (args.length > 0 && Files.isReadable(Path.of(args[0]))) {
      texts = rows(Path.of(args[0]), both, out);
    } else {
      out.println(
          "rows: not measured; name a file: ./redoubt bench injection ROWS.jsonl (texts for the"
              + " time are made up)");
      texts = List.of(ORDINARY.repeat(3).substring(0, KILOBYTE));
    }
    boolean good = times(first, texts, "first stage, 1 KB", FIRST_MILLIS, out);
    good &= times(both, texts, "overall, 1 KB", ALL_MILLIS, out);
    good &= document(both, String.join("\n", texts), out);
    System.exit(good ? 0 : 1);
  }

  /** Prints the share that the first stage decides; gives ordinary texts of 1 KB. */
  private static List<String> rows(Path file, InjectionDetector detector, PrintStream out)
      throws IOException {
    int benign = 0;
    int decided = 0;
    int alarms = 0;
    int attacks = 0;
    int found = 0;
    StringBuilder ordinary = new StringBuilder();
    List<String> texts = new ArrayList<>();
    try (PromptRows rows = new PromptRows(Files.newInputStream(file))) {
      for (PromptRows.Line line = rows.next(); line != null; line = rows.next()) {
        if (!(line instanceof PromptRows.Row row) || row.label() == null) {
          continue;
        }
        InjectionVerdict verdict = detector.detect(row.text(), null, null);
        boolean flagged = verdict.score() >= InjectionVerdict.THRESHOLD;
        if (row.label() == 1) {
          attacks++;
          found += flagged ? 1 : 0;
          continue;
        }
        benign++;
        alarms += flagged ? 1 : 0;
        decided += verdict.decidedBy() == InjectionVerdict.DecidedBy.BOTH_STAGES ? 0 : 1;
        ordinary.append(row.text()).append('\n');
        if (ordinary.length() >= KILOBYTE && texts.size() < TEXTS) {
          texts.add(ordinary.substring(0, KILOBYTE));
          ordinary.setLength(0);
        }
      }
    }
    share(out, "benign rows decided by the first stage", decided, benign);
    share(out, "false alarms at the shipped threshold", alarms, benign);
    share(out, "attacks found at the shipped threshold", found, attacks);
    return texts.isEmpty() ? List.of(ORDINARY.repeat(3).substring(0, KILOBYTE)) : texts;
  }

  private static void share(PrintStream out, String what, int count, int of) {
    out.printf(
        Locale.ROOT,
        "%-44s %6d of %6d  %5.1f %%%n",
        what,
        count,
        of,
        100.0 * count / Math.max(1, of));
  }

  private static boolean times(
      InjectionDetector detector, List<String> texts, String what, double limit, PrintStream out) {
    for (int i = 0; i < WARM; i++) {
      detector.detect(texts.get(i % texts.size()), InjectionChannel.USER, null);
    }
    double[] millis = new double[TEXTS];
    for (int i = 0; i < TEXTS; i++) {
      long started = System.nanoTime();
      detector.detect(texts.get(i % texts.size()), InjectionChannel.USER, null);
      millis[i] = (System.nanoTime() - started) / 1e6;
    }
    Arrays.sort(millis);
    double median = millis[TEXTS / 2];
    double slow = millis[TEXTS * 99 / 100];
    boolean good = median <= limit && slow <= SLOWEST_MILLIS;
    out.printf(
        Locale.ROOT,
        "%-44s p50 %.2f ms (limit %.0f), p99 %.2f ms (limit %.0f): %s%n",
        what,
        median,
        limit,
        slow,
        SLOWEST_MILLIS,
        word(good));
    return good;
  }

  private static boolean document(InjectionDetector detector, String seed, PrintStream out) {
    String text = seed.repeat(MEGABYTE / seed.length() + 1).substring(0, MEGABYTE);
    double[] seconds = new double[DOCUMENTS];
    detector.detect(text, InjectionChannel.DOCUMENT, null);
    System.gc();
    long before = peakHeap();
    for (int i = 0; i < DOCUMENTS; i++) {
      long started = System.nanoTime();
      detector.detect(text, InjectionChannel.DOCUMENT, null);
      seconds[i] = (System.nanoTime() - started) / 1e9;
    }
    Arrays.sort(seconds);
    double median = seconds[DOCUMENTS / 2];
    boolean good = median <= DOCUMENT_SECONDS;
    out.printf(
        Locale.ROOT,
        "%-44s median %.2f s (limit %.0f), heap at most %d MiB: %s%n",
        "document of 1 MB",
        median,
        DOCUMENT_SECONDS,
        Math.max(before, peakHeap()) >> 20,
        word(good));
    return good;
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static String word(boolean good) {
    return good ? "reached" : "MISSED";
  }
}
