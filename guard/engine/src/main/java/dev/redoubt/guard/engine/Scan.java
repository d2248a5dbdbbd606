package dev.redoubt.guard.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all rules found in one text, before it is decided what follows.
 *
 * @param found hits in order of position
 * @param trace which rules looked and which could not
 */
record Scan(List<Found> found, Verdict.Trace trace) {
  /** A hit of a rule; the action is the one that the stage allows. */
  record Found(Rule rule, Action action, Hit hit) {
    /** The same hit of a text that this one is a part of. */
    Found movedBy(int offset) {
      return new Found(
          rule,
          action,
          new Hit(hit.start() + offset, hit.end() + offset, hit.why(), hit.replacement()));
    }

    ScanResult result() {
      return new ScanResult(rule.scanner(), rule.id(), action, hit.why(), hit.start(), hit.end());
    }
  }

  Scan {
    found =
        found.stream()
            .sorted(
                Comparator.comparingInt((Found f) -> f.hit().start())
                    .thenComparing(f -> f.hit().end(), Comparator.reverseOrder()))
            .toList();
  }

  /** Decides: a block is stronger than a scanner that could not run, that than the rest. */
  Verdict decide(String text, Stage stage, boolean blockOnNotRun) {
    Verdict stop = stopping(stage, blockOnNotRun);
    if (stop != null) {
      return stop;
    }
    return has(Action.REWRITE)
        ? new Verdict.Rewrite(rewrite(text), evidence(), trace)
        : new Verdict.Allow(evidence(), trace);
  }

  /** The verdict when nothing may pass; null when something may. */
  @Nullable Verdict stopping(Stage stage, boolean blockOnNotRun) {
    if (has(Action.BLOCK)) {
      return new Verdict.Block(refusal(stage), evidence(), trace);
    }
    if (blockOnNotRun && !trace.notRun().isEmpty()) {
      return new Verdict.NotRun(
          "could not be checked: " + String.join("; ", trace.notRun()), evidence(), trace);
    }
    return has(Action.ASK) ? new Verdict.Ask(question(stage, evidence()), evidence(), trace) : null;
  }

  private List<ScanResult> evidence() {
    return found.stream().map(Found::result).toList();
  }

  private boolean has(Action action) {
    return found.stream().anyMatch(f -> f.action() == action);
  }

  private String rewrite(String text) {
    var out = new StringBuilder(text.length());
    int at = 0;
    for (Span span : rewrites()) {
      out.append(text, at, span.start).append(span.replacement);
      at = span.end;
    }
    return out.append(text, at, text.length()).toString();
  }

  /** A part to be replaced. */
  record Span(int start, int end, String replacement) {}

  /** The parts that rewriting rules replace, in order; what overlaps is one part. */
  List<Span> rewrites() {
    var spans = new ArrayList<Span>();
    for (Found f : found) {
      if (f.action() != Action.REWRITE) {
        continue;
      }
      Hit hit = f.hit();
      Span last = spans.isEmpty() ? null : spans.getLast();
      if (last != null && hit.start() < last.end) {
        spans.set(
            spans.size() - 1,
            new Span(last.start, Math.max(last.end, hit.end()), last.replacement));
      } else {
        spans.add(new Span(hit.start(), hit.end(), hit.replacement()));
      }
    }
    return spans;
  }

  private static String refusal(Stage stage) {
    return switch (stage) {
      case INPUT -> "Sorry, I can't help with this message.";
      case ANSWER -> "Sorry, I can't share that.";
      case TOOL_CALL -> "Sorry, I can't do that.";
    };
  }

  private static String question(Stage stage, List<ScanResult> evidence) {
    String why =
        evidence.stream()
            .filter(e -> e.action() == Action.ASK)
            .map(ScanResult::why)
            .findFirst()
            .orElse("a rule asks");
    return switch (stage) {
      case INPUT -> "May this message go to the model? " + why;
      case ANSWER -> "May this answer be shown? " + why;
      case TOOL_CALL -> "May this tool be called? " + why;
    };
  }
}
