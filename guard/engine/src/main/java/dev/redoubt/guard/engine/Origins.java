package dev.redoubt.guard.engine;

import dev.redoubt.guard.engine.PassageMarkers.Passage;
import java.util.List;

/** Says of each thing that was found in a message which passage it stands in. */
final class Origins {
  private Origins() {}

  static Verdict of(PassageMarkers markers, Text message, Verdict verdict) {
    List<Passage> passages = markers.find(message.text());
    List<ScanResult> evidence =
        verdict.evidence().stream().map(e -> e.from(origin(passages, message, e))).toList();
    Verdict.Trace trace = verdict.trace();
    return switch (verdict) {
      case Verdict.Allow a -> new Verdict.Allow(evidence, trace);
      case Verdict.Rewrite r -> new Verdict.Rewrite(r.text(), evidence, trace);
      case Verdict.Ask a -> new Verdict.Ask(a.message(), evidence, trace);
      case Verdict.Block b -> new Verdict.Block(b.message(), evidence, trace);
      case Verdict.NotRun n -> new Verdict.NotRun(n.reason(), evidence, trace);
    };
  }

  private static String origin(List<Passage> passages, Text message, ScanResult result) {
    for (Passage p : passages) {
      if (result.start() >= p.start() && result.start() < p.end()) {
        return message.origin() + ", " + Provenance.of(p).origin();
      }
    }
    return message.origin();
  }
}
