package dev.redoubt.guard.engine;

import dev.redoubt.guard.engine.Scan.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Lets the checks of rules look, each within its budget. A check that throws, takes too long or
 * gives nonsense counts as not run: a scanner's crash must never read as "nothing found".
 */
final class RuleRunner {
  private final Policy policy;

  RuleRunner(Policy policy) {
    this.policy = policy;
  }

  Verdict run(List<Rule> rules, Stage stage, String text, Function<Check, List<Hit>> look) {
    return scan(rules, stage, text, look).decide(text, stage, policy.blockOnNotRun());
  }

  Scan scan(List<Rule> rules, Stage stage, String text, Function<Check, List<Hit>> look) {
    var found = new ArrayList<Found>();
    var ran = new ArrayList<String>();
    var notRun = new ArrayList<String>();
    for (Rule rule : rules) {
      if (!rule.check().stages().contains(stage)) {
        continue;
      }
      switch (attempt(text, () -> sane(look.apply(rule.check()), text))) {
        case Done<List<Hit>>(List<Hit> hits) -> {
          ran.add(rule.id());
          hits.forEach(h -> found.add(new Found(rule, actionAt(stage, rule), h)));
        }
        case Failed<List<Hit>>(String reason) -> notRun.add(rule.id() + ": " + reason);
      }
    }
    return new Scan(found, new Verdict.Trace(ran, notRun));
  }

  ModelView modelView(List<Rule> rules, Exchange exchange) {
    var hidden = new LinkedHashSet<String>();
    var ran = new ArrayList<String>();
    var notRun = new ArrayList<String>();
    for (Rule rule : rules) {
      switch (attempt("", () -> rule.check().hiddenFromModel(exchange))) {
        case Done<List<String>>(List<String> strings) -> {
          if (!strings.isEmpty()) {
            ran.add(rule.id());
          }
          strings.stream().filter(s -> !s.isBlank()).forEach(hidden::add);
        }
        case Failed<List<String>>(String reason) -> notRun.add(rule.id() + ": " + reason);
      }
    }
    Verdict verdict =
        new Scan(List.of(), new Verdict.Trace(ran, notRun))
            .decide("", Stage.INPUT, policy.blockOnNotRun());
    // Longest first: a string that holds another must go as a whole.
    List<String> ordered =
        hidden.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    return new ModelView(
        ordered,
        (tool, argument) -> rules.stream().anyMatch(r -> r.check().restores(tool, argument)),
        policy.passages(),
        verdict);
  }

  /**
   * Half a JSON text can't be replaced safely: where a tool is called, rewriting means refusing.
   */
  private static Action actionAt(Stage stage, Rule rule) {
    return stage == Stage.TOOL_CALL && rule.action() == Action.REWRITE
        ? Action.BLOCK
        : rule.action();
  }

  private static List<Hit> sane(List<Hit> hits, String text) {
    for (Hit hit : hits) {
      if (hit.end() > text.length()) {
        throw new IndexOutOfBoundsException("hit ends at " + hit.end());
      }
    }
    return hits;
  }

  private sealed interface Result<T> {}

  private record Done<T>(T value) implements Result<T> {}

  private record Failed<T>(String reason) implements Result<T> {}

  private <T> Result<T> attempt(String text, Callable<T> look) {
    ScanLimits limits = policy.limits();
    if (text.length() > limits.maxCharacters()) {
      return new Failed<>("text is longer than " + limits.maxCharacters() + " characters");
    }
    var task = new FutureTask<T>(look);
    Thread thread = Thread.ofVirtual().name("guard-scan").start(task);
    try {
      return new Done<>(task.get(limits.budget().toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      // The message may quote what was scanned; the kind of failure is enough.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Failed<>("failed with " + cause.getClass().getSimpleName());
    } catch (TimeoutException e) {
      thread.interrupt();
      return new Failed<>("took longer than " + limits.budget().toMillis() + " ms");
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return new Failed<>("was interrupted");
    }
  }
}
