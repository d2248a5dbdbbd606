package dev.redoubt.bench;

import dev.redoubt.detect.SecretScanner;
import dev.redoubt.detect.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts how often the secret scanner cries wolf on other people's source: every alarm in folders
 * of published source counts as a false one, test keys included, so the figure is an upper bound.
 */
public final class SecretsBench {
  /** One in ten thousand lines is the most that may be. */
  private static final double MOST_PER_10K = 1;

  private static final long LONGEST_FILE = 2_000_000;
  private static final int SAMPLES_OF_A_KIND = 12;
  private static final Set<String> SOURCE =
      Set.of(
          "java",
          "kt",
          "scala",
          "groovy",
          "go",
          "py",
          "pyi",
          "js",
          "mjs",
          "cjs",
          "ts",
          "tsx",
          "jsx",
          "c",
          "h",
          "cc",
          "cpp",
          "hpp",
          "cs",
          "rs",
          "rb",
          "pl",
          "pm",
          "php",
          "swift",
          "sh",
          "bash",
          "ps1",
          "sql",
          "lua",
          "r",
          "json",
          "yaml",
          "yml",
          "toml",
          "ini",
          "cfg",
          "conf",
          "properties",
          "xml",
          "html",
          "css",
          "scss",
          "md",
          "rst",
          "txt",
          "gradle",
          "lock",
          "tf",
          "vue",
          "s",
          "mod",
          "sum");

  private long lines;
  private long files;
  private long chars;
  private long alarms;
  private final Map<String, List<String>> samples = new TreeMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  private SecretsBench() {}

  /**
   * Scans folders.
   *
   * @param args folders
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0 || Stream.of(args).anyMatch(a -> !Files.isDirectory(Path.of(a)))) {
      System.err.println(
          "usage: ./redoubt bench secrets DIR...: folders of source that holds no real secrets,"
              + " a million lines or more, such as libraries of a package registry");
      System.exit(2);
    }
    var bench = new SecretsBench();
    long before = System.nanoTime();
    for (String folder : args) {
      try (Stream<Path> walk = Files.walk(Path.of(folder))) {
        walk.filter(Files::isRegularFile).sorted().forEach(bench::file);
      }
    }
    double seconds = (System.nanoTime() - before) / 1e9;
    System.exit(bench.report(seconds) ? 0 : 1);
  }

  private void file(Path file) {
    String name = file.getFileName().toString();
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    try {
      if (!SOURCE.contains(suffix) || Files.size(file) > LONGEST_FILE) {
        return;
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      files++;
      chars += text.length();
      lines += text.lines().count();
      for (Span span : SecretScanner.scan(text)) {
        alarm(file, text, span);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void alarm(Path file, String text, Span span) {
    alarms++;
    counts.merge(span.type(), 1, Integer::sum);
    List<String> of = samples.computeIfAbsent(span.type(), t -> new ArrayList<>());
    if (of.size() < SAMPLES_OF_A_KIND) {
      long line = text.substring(0, span.start()).chars().filter(c -> c == '\n').count() + 1;
      of.add(file + ":" + line + " " + masked(span.text()));
    }
  }

  /** Enough to see what kind of thing it is, too little to use it. */
  private static String masked(String value) {
    int shown = Math.min(6, value.length() / 3);
    return value.substring(0, shown).replaceAll("\\s", " ")
        + "*".repeat(Math.min(12, value.length() - shown))
        + " ("
        + value.length()
        + ")";
  }

  private boolean report(double seconds) {
    double rate = lines == 0 ? 0 : alarms * 10_000.0 / lines;
    counts.forEach((type, n) -> {
      System.out.printf(Locale.ROOT, "%s: %d%n", type, n);
      samples.getOrDefault(type, List.of()).forEach(s -> System.out.println("    " + s));
    });
    System.out.printf(
        Locale.ROOT,
        "%n%d alarms in %,d lines of %,d files: %.3f in 10,000 lines (at most %.0f), %.1f MB/s%n",
        alarms,
        lines,
        files,
        rate,
        MOST_PER_10K,
        chars / 1e6 / seconds);
    if (lines < 1_000_000) {
      System.out.println("fewer than a million lines: too few to tell");
    }
    return rate <= MOST_PER_10K && lines > 0;
  }
}
