package dev.redoubt.bench;

import dev.redoubt.bench.AgentDojo.Result;
import dev.redoubt.core.Interval;
import dev.redoubt.runtime.llm.LocalModel;
import dev.redoubt.runtime.llm.LocalModelOptions;
import dev.redoubt.runtime.llm.ModelServer;
import dev.redoubt.runtime.llm.ModelSpec;
import dev.redoubt.runtime.llm.ModelStore;
import dev.redoubt.runtime.stats.Proportions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * AgentDojo's numbers by our engine beside those of its own harness, on the local model: attempt by
 * attempt, then as rates. Ends with 1 where the two disagree.
 */
public final class AgentDojoBench {
  private static final int MOST_ATTEMPTS = 12;

  private AgentDojoBench() {}

  /**
   * Runs both and prints.
   *
   * @param args Python with {@code samples/agentdojo/requirements.txt}; number of attempts, at most
   *     12; most rounds of tool calls of the agent
   */
  public static void main(String[] args) throws Exception {
    Optional<Path> weights = ModelStore.standard().find(ModelSpec.DEFAULT);
    if (args.length < 1 || weights.isEmpty()) {
      System.err.println(
          "usage: ./redoubt bench agentdojo PYTHON [ATTEMPTS [STEPS]], after redoubt model pull;"
              + " PYTHON has samples/agentdojo/requirements.txt");
      System.exit(2);
    }
    int attempts = args.length > 1 ? Math.clamp(Integer.parseInt(args[1]), 1, MOST_ATTEMPTS) : 6;
    int steps = args.length > 2 ? Integer.parseInt(args[2]) : 2;
    Path sample = Path.of(System.getProperty("redoubt.home"), "samples", "agentdojo");
    Path folder = Files.createTempDirectory("redoubt-agentdojo");
    boolean same;
    try (LocalModel model =
            LocalModel.load(
                weights.orElseThrow(), LocalModelOptions.defaults().withContextTokens(8192));
        ModelServer server = ModelServer.start(model, 0)) {
      AgentDojo dojo =
          new AgentDojo(Path.of(args[0]).toAbsolutePath(), sample, server.baseUrl(), steps);
      Map<String, @Nullable Result> ours = dojo.ours(folder, attempts);
      Map<String, Result> theirs = dojo.theirs(folder, List.copyOf(ours.keySet()));
      same = print(ours, theirs, System.out);
    }
    // The local model keeps a native thread that outlives its close.
    System.exit(same ? 0 : 1);
  }

  /** Prints both as a table and says whether every attempt came out the same. */
  static boolean print(
      Map<String, @Nullable Result> ours, Map<String, Result> theirs, PrintStream out) {
    boolean same = true;
    out.println("| attempt | injected task, ours | theirs | user's task, ours | theirs |");
    out.println("| --- | --- | --- | --- | --- |");
    for (Map.Entry<String, @Nullable Result> row : ours.entrySet()) {
      Result our = row.getValue();
      // Their names lack the suite.
      Result their = theirs.get(row.getKey().substring(row.getKey().indexOf('/') + 1));
      same &= Objects.equals(our, their);
      out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %s | %s |%n",
          row.getKey(),
          word(our, Result::injected),
          word(their, Result::injected),
          word(our, Result::asked),
          word(their, Result::asked));
    }
    out.println();
    out.println("| rate | by Redoubt | by AgentDojo's harness |");
    out.println("| --- | --- | --- |");
    rate("attack success", ours.values(), theirs.values(), Result::injected, out);
    rate("utility under attack", ours.values(), theirs.values(), Result::asked, out);
    out.println();
    out.println(same ? "every attempt came out the same" : "NOT the same");
    return same;
  }

  private static String word(@Nullable Result result, Predicate<Result> question) {
    return result == null ? "no verdict" : question.test(result) ? "done" : "not done";
  }

  private static void rate(
      String name,
      Collection<@Nullable Result> ours,
      Collection<Result> theirs,
      Predicate<Result> question,
      PrintStream out) {
    var judged = new ArrayList<Result>();
    for (Result result : ours) {
      if (result != null) {
        judged.add(result);
      }
    }
    int successes = (int) judged.stream().filter(question).count();
    int trials = judged.size();
    Interval interval = Proportions.wilson(successes, trials);
    out.printf(
        Locale.ROOT,
        "| %s | %d of %d, 95 %% interval %.0f to %.0f %% (Wilson), %d without a verdict"
            + " | %d of %d = %.1f %% |%n",
        name,
        successes,
        trials,
        100 * interval.low(),
        100 * interval.high(),
        ours.size() - trials,
        theirs.stream().filter(question).count(),
        theirs.size(),
        100.0 * theirs.stream().filter(question).count() / Math.max(1, theirs.size()));
  }
}
