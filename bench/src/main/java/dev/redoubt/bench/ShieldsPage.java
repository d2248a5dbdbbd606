package dev.redoubt.bench;

import dev.redoubt.core.Interval;
import dev.redoubt.runtime.stats.Proportions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Writes {@code docs/shields.md}: what each tool stopped of each set, and how long it took. */
final class ShieldsPage {
  /** What a cell says where a tool or a set was not there. */
  static final String NOT_MEASURED = "not measured";

  private final List<Shield> shields;

  ShieldsPage(List<Shield> shields) {
    this.shields = List.copyOf(shields);
  }

  /**
   * What a tool did with a set.
   *
   * @param stopped texts that would not have passed
   * @param texts how many there were
   * @param micros median time a text
   */
  record Outcome(int stopped, int texts, long micros) {
    static Outcome of(List<Shield.Seen> seen) {
      long[] micros = seen.stream().mapToLong(Shield.Seen::micros).sorted().toArray();
      int stopped = Math.toIntExact(seen.stream().filter(Shield.Seen::stopped).count());
      return new Outcome(stopped, seen.size(), micros.length == 0 ? 0 : micros[micros.length / 2]);
    }
  }

  /**
   * The page.
   *
   * @param outcomes by set, then by name of the tool; what is not there was not measured
   */
  String text(Map<ShieldSet, Map<String, Outcome>> outcomes) {
    var out = new StringBuilder();
    out.append(
        """
        # Firewall, data-loss tool, guard

        The same texts through a web firewall, a data-loss tool and our guard: what each stops, what it stops wrongly, and how long it takes.
        They are made for different things and go well together; the table shows what one can't do for another.

        This page is written by `./redoubt bench shields --install --out docs/shields.md`. A cell is the number of texts that were stopped,
        their share and its 95 %% interval (Wilson). Of a set with more than %d texts that many are drawn.

        """
            .formatted(ShieldRows.MOST));
    for (Shield shield : shields) {
      out.append(
          "- **%s**: %s. %s%n".formatted(shield.name(), shield.settings(), shield.purpose()));
    }
    out.append(
        """

        A tool that stops most of what is ordinary stops most attacks, too, without knowing one: read each row beside its counterpart among the false alarms.
        """);
    table(out, "Attacks caught", outcomes, true, ShieldsPage::share);
    table(out, "False alarms", outcomes, false, ShieldsPage::share);
    out.append(
        """

        Our guard takes out every link and image to a host that nobody allowed, and by default nobody has allowed one: list the hosts that
        your answers may name (`allow` of `exfiltration-url`), or the last row is what you get.
        """);
    times(out, outcomes);
    out.append(
        "\n## What the texts are\n\n| texts | n | from | content |\n| --- | ---: | --- | --- |\n");
    for (ShieldSet set : ShieldSet.values()) {
      out.append(
          "| %s | %s | %s | %s |%n"
              .formatted(set.title(), count(outcomes, set), set.origin().word(), set.content()));
    }
    out.append(
        """

        `dev` and `train` are the project's own labelled prompts; their texts are not shipped. **They are no independent figures for our
        column**: our thresholds were chosen on `dev`, our classifier learned from the same collections, and our recognisers were developed beside the
        personal data of `train`. The other tools have never seen them; Presidio's own set is home ground to Presidio. The composed sets
        serve to compare, never as an accuracy. *Generated* texts are drawn from some dozens of patterns (seed %d), and answers repeat them: their
        intervals are narrower than what is known; they come from the same project as our guard.
        """
            .formatted(ShieldRows.SEED));
    return out.toString();
  }

  private void table(
      StringBuilder out,
      String title,
      Map<ShieldSet, Map<String, Outcome>> outcomes,
      boolean attacks,
      Function<Outcome, String> cell) {
    out.append("\n## ").append(title).append("\n\n");
    head(out);
    for (ShieldSet set : ShieldSet.values()) {
      if (set.attack() == attacks) {
        line(out, set, outcomes, cell);
      }
    }
  }

  private void times(StringBuilder out, Map<ShieldSet, Map<String, Outcome>> outcomes) {
    out.append(
        """

        ## Time

        Median microseconds a text, measured inside each tool's own process after a warm-up, one text after the other: no start, no pipe, no network.
        For the firewall that is a whole transaction, for an answer with its request.

        """);
    head(out);
    for (ShieldSet set : ShieldSet.values()) {
      line(out, set, outcomes, o -> String.format(Locale.ROOT, "%,d", o.micros()));
    }
  }

  private void head(StringBuilder out) {
    out.append("| texts | n |");
    shields.forEach(shield -> out.append(' ').append(shield.name()).append(" |"));
    out.append("\n| --- | ---: |").append(" ---: |".repeat(shields.size())).append('\n');
  }

  private void line(
      StringBuilder out,
      ShieldSet set,
      Map<ShieldSet, Map<String, Outcome>> outcomes,
      Function<Outcome, String> cell) {
    out.append("| %s | %s |".formatted(set.title(), count(outcomes, set)));
    for (Shield shield : shields) {
      Outcome outcome = outcomes.getOrDefault(set, Map.of()).get(shield.name());
      out.append(' ');
      out.append(outcome == null || outcome.texts() == 0 ? NOT_MEASURED : cell.apply(outcome));
      out.append(" |");
    }
    out.append('\n');
  }

  private static String count(Map<ShieldSet, Map<String, Outcome>> outcomes, ShieldSet set) {
    int most =
        outcomes.getOrDefault(set, Map.of()).values().stream()
            .mapToInt(Outcome::texts)
            .max()
            .orElse(0);
    return String.format(Locale.ROOT, "%,d", most);
  }

  private static String share(Outcome outcome) {
    Interval interval = Proportions.wilson(outcome.stopped(), outcome.texts());
    return String.format(
        Locale.ROOT,
        "%,d: %.1f %% (%.1f to %.1f)",
        outcome.stopped(),
        100.0 * outcome.stopped() / outcome.texts(),
        100 * interval.low(),
        100 * interval.high());
  }
}
