package dev.redoubt.bench;

import dev.redoubt.attack.chat.Technique;
import dev.redoubt.core.Interval;
import dev.redoubt.runtime.llm.ModelSpec;
import dev.redoubt.runtime.stats.Proportions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes {@code docs/techniques.md}: what each technique does, and how often it worked.
 *
 * @param instructions of the model that was attacked
 * @param objective id of the objective
 * @param seed seed of the run
 * @param mostTokens most tokens of an answer
 * @param tapeDigest SHA-256 of the tape, hexadecimal
 */
record TechniquesPage(
    String instructions, String objective, long seed, int mostTokens, String tapeDigest) {

  /**
   * How often a technique worked.
   *
   * @param technique the technique
   * @param successes attempts that succeeded
   * @param trials attempts with a verdict
   * @param calls calls that its attempts took
   */
  record Row(Technique technique, int successes, int trials, int calls) {
    double rate() {
      return trials == 0 ? 0 : (double) successes / trials;
    }
  }

  String text(List<Row> rows) {
    Optional<Row> plain =
        rows.stream().filter(r -> r.technique().id().equals(Technique.PLAIN)).findFirst();
    var out = new StringBuilder();
    head(out, rows);
    section(out, "One turn", rows.stream().filter(r -> !turns(r)).toList(), plain);
    section(out, "Several turns", rows.stream().filter(TechniquesPage::turns).toList(), plain);
    return out.toString();
  }

  private static boolean turns(Row row) {
    return row.technique().strategy() != null;
  }

  private void head(StringBuilder out, List<Row> rows) {
    out.append(
        """
        # Techniques

        Every technique that `--technique NAME` knows, and how often it worked on one small model. Chains are named with a plus, such as
        `--technique role-play+base64`; `redoubt rules explain NAME` prints what a technique says.

        This page is written by `./redoubt bench techniques FOLDER`: objective `%s`, %s, temperature 0.7, at most %d tokens, seed %d,
        %,d calls. The digest of its tape is `sha256:%s`. The model's instructions were:

        > %s

        A rate is that of its attempts, with Wilson's 95 %% interval. It tells how this small model takes a technique and not how yours
        will: most disguises ask more of a model than half a billion parameters can do. The last column is the difference to asking directly, with Newcombe's 95 %% interval;
        where that holds zero the technique had *no effect here*. Among so many techniques two or three stand out by chance. An attempt
        of several turns may ask many times, which alone raises its rate: see its calls. PAIR and TAP were played by rules, without an attacker's model.
        """
            .formatted(
                objective,
                ModelSpec.DEFAULT.name(),
                mostTokens,
                seed,
                rows.stream().mapToInt(Row::calls).sum(),
                tapeDigest,
                instructions));
  }

  private static void section(
      StringBuilder out, String title, List<Row> rows, Optional<Row> plain) {
    out.append("\n## ").append(title).append("\n\n");
    out.append("| technique | what it does | succeeded | calls | against asking directly |\n");
    out.append("| --- | --- | --- | --- | --- |\n");
    rows.forEach(row -> line(out, row, plain));
  }

  private static void line(StringBuilder out, Row row, Optional<Row> plain) {
    Technique technique = row.technique();
    String source = technique.source() == null ? "" : " (" + technique.source() + ")";
    out.append(
        String.format(
            Locale.ROOT,
            "| `%s` | %s%s | %s | %d | %s |%n",
            technique.id(),
            cell(technique.description()),
            cell(source),
            rate(row),
            row.calls(),
            plain.map(p -> against(row, p)).orElse("")));
  }

  private static String rate(Row row) {
    if (row.trials() == 0) {
      return "not measured";
    }
    Interval interval = Proportions.wilson(row.successes(), row.trials());
    return String.format(
        Locale.ROOT,
        "%d of %d: %.0f %% (%.0f to %.0f)",
        row.successes(),
        row.trials(),
        100 * row.rate(),
        100 * interval.low(),
        100 * interval.high());
  }

  private static String against(Row row, Row plain) {
    if (row.technique().id().equals(Technique.PLAIN) || row.trials() == 0) {
      return "";
    }
    Interval difference =
        Proportions.newcombe(
            row.successes(), row.trials(), plain.successes(), plain.trials(), Proportions.LEVEL);
    String range =
        String.format(
            Locale.ROOT, "%+.0f to %+.0f points", 100 * difference.low(), 100 * difference.high());
    if (difference.low() > 0) {
      return "**works better**, " + range;
    }
    return (difference.high() < 0 ? "works worse, " : "no effect here, ") + range;
  }

  /** A bar would end the cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }
}
