package dev.redoubt.inspect.artifact;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints results for a person: one line for each file, and below it what made its verdict. */
public final class TextReport {
  private static final int MAX_LINES = 12;

  private final PrintWriter out;
  private final boolean all;

  /**
   * @param all true prints inert files too
   */
  public TextReport(PrintWriter out, boolean all) {
    this.out = out;
    this.all = all;
  }

  /** Prints a file. */
  public void file(FileResult file) {
    if (file.verdict() == Verdict.INERT && !all) {
      return;
    }
    String format = file.format().isEmpty() ? "" : " (" + file.format() + ")";
    out.printf(Locale.ROOT, "%-10s  %s%s%n", file.verdict().word(), safe(file.path()), format);
    var lines = new ArrayList<String>();
    lines(lines, "", file.observations(), file.notes());
    for (MemberResult member : file.members()) {
      if (member.verdict() != Verdict.INERT) {
        lines(lines, member.path() + ": ", member.observations(), member.notes());
      }
    }
    lines.stream().limit(MAX_LINES).forEach(line -> out.println("            " + line));
    if (lines.size() > MAX_LINES) {
      out.println(
          "            … and " + (lines.size() - MAX_LINES) + " more; --format json has all");
    }
  }

  private static void lines(
      List<String> lines, String where, List<Observation> observations, List<String> notes) {
    for (Observation o : observations) {
      String at = o.offset() < 0 ? "" : " at byte " + o.offset();
      String rule =
          o.rule().startsWith(Rules.PREFIX) ? o.rule().substring(Rules.PREFIX.length()) : o.rule();
      lines.add(safe(where + o.what()) + at + " [" + rule + "]");
    }
    notes.forEach(note -> lines.add(safe(where + note)));
  }

  /** Prints the counts, and what to do about what was seen. */
  public void end(Totals totals, List<Rule> spoken) {
    for (Rule rule : spoken) {
      out.printf("%n%s: %s%n", rule.id().substring(Rules.PREFIX.length()), rule.title());
      out.printf("  %s%n", rule.remedy());
      if (!rule.references().isEmpty()) {
        out.println("  " + String.join(", ", rule.references().stream().map(r -> r.id()).toList()));
      }
    }
    out.printf(
        "%s%d files: %d malicious, %d unproven, %d incomplete, %d inert%s%n",
        totals.files() == totals.inert() && !all ? "" : System.lineSeparator(),
        totals.files(),
        totals.malicious(),
        totals.unproven(),
        totals.incomplete(),
        totals.inert(),
        totals.skipped() == 0 ? "" : "; " + totals.skipped() + " skipped: seen before");
    out.flush();
  }

  /** Text of strangers, fit for one line of a terminal. */
  static String safe(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean hidden =
              Character.isISOControl(c)
                  || Character.getType(c) == Character.FORMAT
                  || Character.getType(c) == Character.SURROGATE
                  || Character.getType(c) == Character.LINE_SEPARATOR
                  || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
          if (hidden) {
            safe.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            safe.appendCodePoint(c);
          }
        });
    return safe.toString();
  }
}
