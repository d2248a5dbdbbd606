package dev.redoubt.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Collects everything that is wrong with one YAML file, so that a user mends it in one go; each
 * problem is a line {@code file:line: key: what; how to mend}.
 *
 * <p>Not thread-safe; one collector reads one file.
 *
 * @since 0.1.0
 */
public final class YamlProblems {
  /** Beyond this many the list helps nobody, and a hostile file must not fill the memory. */
  private static final int MOST = 100;

  private static final int LONGEST_PART = 200;

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private int leftOut;

  private record Problem(int line, String text) {}

  /**
   * @param file name of the file as messages show it
   */
  public YamlProblems(String file) {
    this.file = file;
  }

  /** Name of the file as messages show it. */
  public String file() {
    return file;
  }

  /**
   * Adds a problem.
   *
   * @param line counted from 1
   * @param key dotted path of the key, such as {@code components[2].url}; empty for the whole file
   * @param what what is wrong
   * @param how how to mend it
   */
  public void add(int line, String key, String what, String how) {
    if (problems.size() >= MOST) {
      leftOut++;
      return;
    }
    String where = key.isEmpty() ? "" : oneLine(key) + ": ";
    problems.add(
        new Problem(line, file + ":" + line + ": " + where + oneLine(what) + "; " + oneLine(how)));
  }

  /** Says whether nothing is wrong so far. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** The problems in order of their lines. */
  public List<String> lines() {
    var lines = new LinkedHashSet<String>();
    problems.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .forEach(p -> lines.add(p.text));
    if (leftOut > 0) {
      lines.add(file + ": and " + leftOut + " more; mend these first");
    }
    return List.copyOf(lines);
  }

  /**
   * Ends the reading when anything is wrong.
   *
   * @throws UsageException with one line a problem
   */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw new UsageException(String.join("\n", lines()));
    }
  }

  /** Texts of the file go into messages: no line breaks, no control characters, not endless. */
  static String oneLine(String text) {
    String cut = text.length() <= LONGEST_PART ? text : text.substring(0, LONGEST_PART) + "…";
    var clean = new StringBuilder(cut.length());
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      clean.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return clean.toString();
  }
}
