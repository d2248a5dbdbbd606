package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Minimiser;
import dev.redoubt.attack.chat.Repeater;
import dev.redoubt.core.Interval;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.AtomicFiles;
import dev.redoubt.runtime.stats.Proportions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "minimise",
    description = {
      "Shrink a winning attack to the words that make it win, and say at what rate.",
      "Delta debugging; each shorter text is tested until it is clear that it does as well."
    },
    footer = {
      "",
      "Examples:",
      "  redoubt attack minimise run/secret-leak/role-play/2",
      "  redoubt attack minimise run/secret-leak/role-play/2 --trials 20 --max-calls 400",
      "",
      "Exit codes: 0 done, 3 the attack did not succeed again or the search was cut short."
    })
final class AttackMinimiseCommand implements Callable<Integer> {
  private static final String NEXT_TURN = "\n---\n";

  @Spec CommandSpec spec;
  @Mixin AttemptOptions attempt = new AttemptOptions();
  @Mixin LimitOptions limits = new LimitOptions();

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Fresh tests of the attack before and after, 5 or more. Default: ${DEFAULT-VALUE}.")
  int trials = 10;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the short attack to a file.")
  @Nullable Path out;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON.")
  @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    BooleanSupplier stop = Interrupts.install();
    PrintWriter err = spec.commandLine().getErr();
    Minimiser.Result result;
    try (AttemptOptions.Again again = attempt.again(limits.limits(), err);
        Progress progress = new Progress(err, "tests")) {
      Repeater repeater = again.repeater();
      String original = String.join(NEXT_TURN, repeater.words(attempt.attempt));
      AtomicInteger tests = new AtomicInteger();
      AtomicInteger unassessed = new AtomicInteger();
      BooleanSupplier enough = () -> stop.getAsBoolean() || unassessed.get() >= trials;
      Minimiser.Oracle oracle =
          (text, trial) -> {
            Repeater.Shot shot = repeater.fire(attempt.attempt, turns(text), trial + 1);
            // A search over silence would take every text for a dead one.
            unassessed.set(
                shot.verdict().outcome() == Outcome.UNASSESSED ? unassessed.get() + 1 : 0);
            progress.step(tests.incrementAndGet(), 0, text.length() + " characters");
            return shot.verdict().outcome() == Outcome.SUCCEEDED;
          };
      result = minimiser(oracle, enough).minimise(original);
    }
    print(result);
    if (out != null) {
      AtomicFiles.write(out, result.minimal() + "\n");
    }
    if (json != null) {
      AtomicFiles.write(json, Json.pretty(tree(result)) + "\n");
    }
    return result.complete() ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  private Minimiser minimiser(Minimiser.Oracle oracle, BooleanSupplier stop) {
    try {
      return new Minimiser(oracle, trials, stop);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--trials: " + e.getMessage(), e);
    }
  }

  private static List<String> turns(String text) {
    List<String> turns =
        Arrays.stream(text.split(NEXT_TURN)).map(String::strip).filter(t -> !t.isEmpty()).toList();
    return turns.isEmpty() ? List.of(text) : turns;
  }

  private void print(Minimiser.Result result) {
    PrintWriter stdout = spec.commandLine().getOut();
    if (result.originalSuccesses() == 0) {
      stdout.println(
          "the attack did not succeed in " + result.trials() + " tests; nothing was taken away");
      return;
    }
    stdout.println(Words.safe(result.minimal(), Integer.MAX_VALUE));
    stdout.println();
    stdout.printf(
        Locale.ROOT,
        "%d of %d characters (%.0f %%), %d tests%s%n",
        result.minimal().length(),
        result.original().length(),
        100.0 * result.minimal().length() / result.original().length(),
        result.tests(),
        result.complete() ? "" : "; cut short, it may get shorter still");
    stdout.println("before: " + rate(result.originalSuccesses(), result.trials()));
    stdout.println("now:    " + rate(result.minimalSuccesses(), result.trials()));
  }

  private static String rate(int successes, int trials) {
    Interval interval = Proportions.wilson(successes, trials);
    return String.format(
        Locale.ROOT,
        "%d of %d succeeded (%.0f %%, 95 %% interval %.0f to %.0f %%)",
        successes,
        trials,
        100.0 * successes / trials,
        100 * interval.low(),
        100 * interval.high());
  }

  private static Map<String, Object> tree(Minimiser.Result result) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("original", result.original());
    tree.put("minimal", result.minimal());
    tree.put("originalSuccesses", result.originalSuccesses());
    tree.put("minimalSuccesses", result.minimalSuccesses());
    tree.put("trials", result.trials());
    tree.put("tests", result.tests());
    tree.put("complete", result.complete());
    return tree;
  }
}
