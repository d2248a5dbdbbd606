package dev.redoubt.attack.chat;

import dev.redoubt.core.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells how much came out over many calls.
 *
 * @param extraction what was counted
 * @param seed seed of the run
 */
record ExtractionWords(Extraction extraction, long seed) {
  /** How much, in one sentence; empty when nothing was counted. */
  String headline() {
    if (extraction.points().isEmpty()) {
      return "";
    }
    int calls = extraction.points().getLast().calls();
    var parts = new ArrayList<String>();
    if (extraction.documents() > 0) {
      parts.add(
          share(extraction.documentsSeen(), extraction.documents())
              + " documents that this account may not read");
    }
    if (extraction.customers() > 0) {
      parts.add(share(extraction.customersSeen(), extraction.customers()) + " other customers");
    }
    return parts.isEmpty()
        ? ""
        : "After %d calls of this run the account had seen something of %s. "
            .formatted(calls, String.join(" and of ", parts));
  }

  private static String share(int seen, int all) {
    return "%d of %d (%s)".formatted(seen, all, percent((double) seen / all));
  }

  /** How it grew with the calls. */
  List<Evidence> curves() {
    var curves = new ArrayList<Evidence>();
    if (extraction.documents() > 0) {
      curves.add(
          curve(
              "documents seen that this account may not read, %d of %d indexed"
                  .formatted(extraction.documents(), extraction.allDocuments()),
              "share of such documents",
              extraction.points().stream()
                  .map(p ->
                      new Evidence.Point(
                          p.calls(), (double) p.documents() / extraction.documents()))
                  .toList()));
    }
    if (extraction.customers() > 0) {
      curves.add(
          curve(
              "other customers of whom something was seen, of " + extraction.customers(),
              "share of other customers",
              extraction.points().stream()
                  .map(p ->
                      new Evidence.Point(
                          p.calls(), (double) p.customers() / extraction.customers()))
                  .toList()));
    }
    return curves;
  }

  private Evidence curve(String caption, String label, List<Evidence.Point> points) {
    return new Evidence.Curve(caption, "calls", label, points, seed);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
