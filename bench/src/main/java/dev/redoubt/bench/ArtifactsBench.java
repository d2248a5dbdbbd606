package dev.redoubt.bench;

import dev.redoubt.inspect.artifact.ArtifactInspector;
import dev.redoubt.inspect.artifact.Totals;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Times {@code inspect artifact}: a pickle of 56 MB with 15 million opcodes in this process and as
 * a whole one, a tree of 10,000 small files, and one small file from the shell. With {@code
 * --picklescan PYTHON}, an interpreter that has picklescan, the large pickle is a race of the two
 * in one run; without it times are absolute and no row can be missed.
 */
public final class ArtifactsBench {
  private static final int ITEMS = 1_000_000;
  private static final int SMALL_FILES = 10_000;

  private ArtifactsBench() {}

  /**
   * Runs the benchmark and exits with 1 when a row is missed.
   *
   * @param args {@code --picklescan PYTHON}, or none
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    String python = args.length == 2 && args[0].equals("--picklescan") ? args[1] : "";
    Path home = Path.of(System.getProperty("redoubt.home"));
    Path folder = Files.createTempDirectory("redoubt-artifacts");
    boolean met;
    try {
      met = new ArtifactsBench().run(home, folder, python);
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    System.exit(met ? 0 : 1);
  }

  private boolean run(Path home, Path folder, String python)
      throws IOException, InterruptedException {
    Path large = folder.resolve("large.pkl");
    long opcodes = writeLarge(large);
    print("pickle of %.0f MB with %.1f million opcodes%n", Files.size(large) / 1e6, opcodes / 1e6);
    inProcess(large);
    double warm = inProcess(large);
    print("  in process, after one warm-up      %8.3f s%n", warm);
    print("  largest heap after collection      %8.1f MB%n", peak() / 1e6);
    String redoubt = home.resolve("redoubt").toString();
    whole(List.of(redoubt, "inspect", "artifact", large.toString()));
    double whole = whole(List.of(redoubt, "inspect", "artifact", large.toString()));
    print("  whole process                      %8.3f s%n", whole);
    boolean met = true;
    if (python.isEmpty()) {
      print(
          "  no picklescan was named (--picklescan PYTHON): these are absolute times, not"
              + " ratios%n");
    } else {
      double theirs = whole(List.of(python, "-m", "picklescan", "-p", large.toString()));
      print("  picklescan, whole process          %8.3f s%n", theirs);
      boolean inside = row("  picklescan / in process", theirs / warm, 100);
      boolean outside = row("  picklescan / whole process", theirs / whole, 20);
      met = inside && outside;
    }
    Path tree = Files.createDirectory(folder.resolve("tree"));
    writeSmall(tree);
    double seconds = whole(List.of(redoubt, "inspect", "artifact", tree.toString()));
    print("%d small files: %.0f files/s as a whole process%n", SMALL_FILES, SMALL_FILES / seconds);
    Path one = tree.resolve("0/0.pkl");
    var times = new ArrayList<Double>();
    for (int i = 0; i < 11; i++) {
      times.add(whole(List.of(redoubt, "inspect", "artifact", one.toString())));
    }
    times.sort(null);
    double median = times.get(times.size() / 2);
    print(
        "one small file from the shell: %.3f s (median of %d; limit 0.6) %s%n",
        median, times.size(), median <= 0.6 ? "reached" : "MISSED");
    return met && median <= 0.6;
  }

  private static boolean row(String name, double ratio, double least) {
    boolean reached = ratio >= least;
    print("%-36s %8.0f x (at least %.0f) %s%n", name, ratio, least, reached ? "reached" : "MISSED");
    return reached;
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would take a dependency.
  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  private static double inProcess(Path file) throws InterruptedException {
    long started = System.nanoTime();
    Totals totals = ArtifactInspector.standard().inspect(List.of(file), result -> {});
    if (totals.inert() != 1) {
      throw new IllegalStateException("the pickle is not inert: " + totals);
    }
    return (System.nanoTime() - started) / 1e9;
  }

  /** What was alive after the last collection of any pool of the heap, at its highest. */
  private static long peak() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        bytes += pool.getPeakUsage().getUsed();
      }
    }
    return bytes;
  }

  private static double whole(List<String> command) throws IOException, InterruptedException {
    long started = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor();
    return (System.nanoTime() - started) / 1e9;
  }

  /**
   * A list of tuples of numbers and texts, as Python writes it by protocol 4 in batches of 1000.
   */
  private static long writeLarge(Path file) throws IOException {
    long opcodes = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(new byte[] {(byte) 0x80, 4, ']', (byte) 0x94});
      opcodes += 3;
      byte[] text = new byte[22];
      text[0] = (byte) 0x8c;
      text[1] = 20;
      for (int i = 0; i < ITEMS; i++) {
        if (i % 1000 == 0) {
          out.write('(');
          opcodes++;
        }
        // MARK, BININT, BINFLOAT, two BININT1, NONE, NEWTRUE, text, MEMOIZE, list of nothing,
        // MEMOIZE, TUPLE, MEMOIZE
        out.write('(');
        out.write(new byte[] {'J', (byte) i, (byte) (i >> 8), (byte) (i >> 16), 0});
        out.write(new byte[] {'G', 0x3f, (byte) 0xf0, 0, 0, 0, 0, 0, (byte) i});
        out.write(new byte[] {'K', (byte) i, 'K', 1, 'N', 'N', (byte) 0x88});
        byte[] words = ("item number " + i + "        ").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(words, 0, text, 2, 20);
        out.write(text);
        out.write(new byte[] {(byte) 0x94, ']', (byte) 0x94, 't', (byte) 0x94});
        opcodes += 14;
        if (i % 1000 == 999) {
          out.write('e');
          opcodes++;
        }
      }
      out.write('.');
      opcodes++;
    }
    return opcodes;
  }

  private static void writeSmall(Path tree) throws IOException {
    byte[] pickle =
        "\u0080\u0002ccollections\nOrderedDict\n)R(X\u0001\0\0\0aK\u0001X\u0001\0\0\0bK\u0002u."
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < SMALL_FILES; i++) {
      Path folder = tree.resolve(String.valueOf(i / 100));
      if (i % 100 == 0) {
        Files.createDirectory(folder);
      }
      Files.write(folder.resolve(i + ".pkl"), pickle);
    }
  }
}
