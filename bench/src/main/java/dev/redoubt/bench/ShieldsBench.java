package dev.redoubt.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same attacks and the same ordinary texts through a web firewall, a data-loss tool and our
 * guard. Prints {@code docs/shields.md}, or writes it when all was measured.
 */
public final class ShieldsBench {
  /** Texts of each set that every tool sees before anything counts. */
  private static final int WARM = 20;

  private static final String USAGE =
      "usage: ./redoubt bench shields [--data DIR] [--install] [--out docs/shields.md]";

  private ShieldsBench() {}

  /**
   * Measures and prints; ends with 3 when a tool or a set is left out.
   *
   * @param args {@code --data DIR} with {@code dev.jsonl} and {@code train.jsonl}, {@code
   *     --install}, {@code --out FILE}
   */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> options = options(args);
    if (options.containsKey(BenchOptions.USAGE)) {
      System.err.println(USAGE);
      System.exit(2);
    }
    try {
      System.exit(run(options, Path.of(System.getProperty("redoubt.home")), System.out));
    } catch (IOException e) {
      System.err.println("bench shields: " + e.getMessage());
      System.exit(3);
    }
  }

  /** What the command line says; {@link BenchOptions#USAGE} where that makes no sense. */
  static Map<String, String> options(String[] args) {
    return BenchOptions.read(args, Set.of("install"), Set.of("data", "out"));
  }

  private static int run(Map<String, String> options, Path home, PrintStream out)
      throws IOException, InterruptedException {
    Path data = data(options, home);
    Map<ShieldSet, List<String>> sets = ShieldRows.gather(data);
    boolean whole = true;
    for (Map.Entry<ShieldSet, List<String>> set : sets.entrySet()) {
      if (set.getValue().isEmpty()) {
        whole = false;
        System.err.println(
            set.getKey().title()
                + ": left out, no such rows in "
                + ShieldRows.files(data, set.getKey())
                + "; give the folder with --data");
      }
    }
    var shields = new ArrayList<Shield>();
    shields.add(Shield.Ours.standard());
    List<Shield> others =
        new ShieldTools(home, System.getenv(), options.containsKey("install"), System.err).found();
    whole &= others.size() == 4;
    shields.addAll(others);
    String page = new ShieldsPage(shields).text(measure(shields, sets));
    String file = options.get("out");
    if (file == null) {
      out.print(page);
    } else if (whole) {
      Files.writeString(Path.of(file), page);
      out.println("wrote " + file);
    } else {
      out.print(page);
      System.err.println(file + " is not written: something was left out");
    }
    return whole ? 0 : 3;
  }

  private static Path data(Map<String, String> options, Path home) {
    String given = options.get("data");
    if (given != null) {
      return Path.of(given);
    }
    String shared = System.getenv("REDOUBT_SHARED");
    Path folder = shared == null ? home.resolveSibling("shared") : Path.of(shared);
    return folder.resolve("data").resolve("prompts");
  }

  /**
   * Every tool sees every text once, one tool after the other, some texts before anything counts.
   */
  static Map<ShieldSet, Map<String, ShieldsPage.Outcome>> measure(
      List<Shield> shields, Map<ShieldSet, List<String>> sets)
      throws IOException, InterruptedException {
    var shown = new ArrayList<Shield.Shown>();
    for (Map.Entry<ShieldSet, List<String>> set : sets.entrySet()) {
      set.getValue().stream()
          .limit(WARM)
          .forEach(text -> shown.add(new Shield.Shown(text, set.getKey().role())));
    }
    int warm = shown.size();
    for (Map.Entry<ShieldSet, List<String>> set : sets.entrySet()) {
      set.getValue().forEach(text -> shown.add(new Shield.Shown(text, set.getKey().role())));
    }
    var outcomes = new EnumMap<ShieldSet, Map<String, ShieldsPage.Outcome>>(ShieldSet.class);
    for (Shield shield : shields) {
      long begun = System.nanoTime();
      List<Shield.Seen> seen = shield.look(shown);
      int at = warm;
      for (Map.Entry<ShieldSet, List<String>> set : sets.entrySet()) {
        int end = at + set.getValue().size();
        outcomes
            .computeIfAbsent(set.getKey(), s -> new LinkedHashMap<>())
            .put(shield.name(), ShieldsPage.Outcome.of(seen.subList(at, end)));
        at = end;
      }
      System.err.printf(
          "%s: %,d texts, %d s%n",
          shield.name(), shown.size(), (System.nanoTime() - begun) / 1_000_000_000);
    }
    return outcomes;
  }
}
