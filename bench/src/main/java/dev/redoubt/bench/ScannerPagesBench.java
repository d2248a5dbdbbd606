package dev.redoubt.bench;

import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.Scanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes {@code docs/scanners}: a page for each scanner, from what it says of itself. */
public final class ScannerPagesBench {
  private ScannerPagesBench() {}

  /**
   * Writes the pages.
   *
   * @param args the folder; without it {@code docs/scanners} of this checkout
   */
  public static void main(String[] args) throws IOException {
    String home = System.getProperty("redoubt.home", ".");
    Path folder = args.length > 0 ? Path.of(args[0]) : Path.of(home, "docs", "scanners");
    Files.createDirectories(folder);
    for (Scanner scanner : Guard.scanners()) {
      Files.writeString(folder.resolve(scanner.name() + ".md"), page(scanner));
    }
    System.out.println(Guard.scanners().size() + " pages in " + folder);
  }

  static String page(Scanner scanner) {
    var page = new StringBuilder();
    page.append("<!-- Written by ./redoubt bench scanner-pages; edits are lost. -->\n");
    page.append("# ").append(scanner.name()).append("\n\n");
    page.append(scanner.title()).append(".\n\n");
    page.append(scanner.explanation().strip()).append("\n\n");
    page.append("A rule with it may ").append(actions(scanner)).append(".\n\n");
    page.append("## What it does not stop\n\n");
    for (Limit limit : scanner.limits()) {
      page.append("- ").append(sentence(limit.what()));
      if (!limit.sample().isEmpty()) {
        page.append(" This passes: ").append(code(limit.sample()));
      }
      page.append("\n");
    }
    if (!scanner.kinds().isEmpty()) {
      page.append("\n## What it tells apart\n\n");
      scanner.kinds().forEach(k -> page.append("- ").append(kind(k)).append("\n"));
    }
    return page.toString();
  }

  private static String kind(String line) {
    int colon = line.indexOf(": ");
    return colon < 0
        ? "`" + line + "`"
        : "`" + line.substring(0, colon) + "`: " + line.substring(colon + 2);
  }

  private static String actions(Scanner scanner) {
    return Arrays.stream(Action.values())
        .filter(scanner.actions()::contains)
        .map(Action::word)
        .collect(Collectors.joining(", "));
  }

  private static String sentence(String what) {
    return what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ".";
  }

  /** With more backticks around it than stand in it. */
  private static String code(String sample) {
    String line = sample.replace("\n", "\\n");
    return line.indexOf('`') < 0 ? "`" + line + "`" : "`` " + line + " ``";
  }
}
