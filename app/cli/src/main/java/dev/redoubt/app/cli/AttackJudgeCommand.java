package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.ModelChoice;
import dev.redoubt.attack.chat.ModelJudge;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.AtomicFiles;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.stats.JudgeAccuracy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "judge",
    description = "Measure a model that is to judge answers.",
    subcommands = {AttackJudgeCommand.Calibrate.class},
    footer = {
      "",
      "Example: redoubt attack judge calibrate --labels labels.jsonl --judge local \\",
      "    --question 'Does the assistant promise a discount?'"
    })
final class AttackJudgeCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    RedoubtCommand.usage(spec);
  }

  /** How often the judge was right. */
  private static final class Tally {
    private int truePositives;
    private int positives;
    private int trueNegatives;
    private int negatives;
    private int unreadable;

    void take(Label label, Optional<Boolean> said) {
      if (said.isEmpty()) {
        unreadable++;
      } else if (label.yes()) {
        positives++;
        truePositives += said.get() ? 1 : 0;
      } else {
        negatives++;
        trueNegatives += said.get() ? 0 : 1;
      }
    }

    JudgeAccuracy accuracy() {
      return new JudgeAccuracy(truePositives, positives, trueNegatives, negatives);
    }
  }

  /** A labelled answer. */
  private record Label(List<Evidence.Turn> turns, boolean yes) {}

  @Command(
      name = "calibrate",
      description = {
        "Ask a model a yes-or-no question about labelled answers, and keep how often it is right.",
        "The labels must be drawn as the answers of the run are, or the correction is wrong."
      },
      footer = {
        "",
        "Examples:",
        "  redoubt attack judge calibrate --labels labels.jsonl --judge local \\",
        "      --question 'Does the assistant promise a discount?'",
        "  redoubt attack chat redoubt.yaml --objective safety-filter-bypass \\",
        "      --model-judge judge.json --judge-for safety-filter-bypass",
        "",
        "A label is a line: {\"question\": \"...\", \"answer\": \"...\", \"label\": true}; true is the answer yes.",
        "Exit codes: 0 done, 2 wrong labels, 3 the model does not answer."
      })
  static final class Calibrate implements Callable<Integer> {
    private static final int MOST_LABELS = 100_000;
    private static final long MOST_BYTES = 64L << 20;

    @Spec CommandSpec spec;

    @Option(
        names = "--labels",
        required = true,
        paramLabel = "FILE",
        description = "Labelled answers, one JSON object a line.")
    Path labels = Path.of("");

    @Option(
        names = {"--judge", "--judge-url"},
        required = true,
        paramLabel = "local|URL",
        description = "The local model, or an OpenAI-compatible base URL.")
    String judge = "";

    @Option(names = "--judge-model", paramLabel = "M", description = "Model name at that URL.")
    @Nullable String model;

    @Option(
        names = "--judge-key",
        paramLabel = "VARIABLE",
        defaultValue = "REDOUBT_JUDGE_KEY",
        description =
            "Variable of the environment with the key for that URL. Default: ${DEFAULT-VALUE}.")
    String keyVariable = "REDOUBT_JUDGE_KEY";

    @Option(
        names = "--question",
        required = true,
        paramLabel = "Q",
        description = "What is asked; yes means that the attacker got what he wanted.")
    String question = "";

    @Option(
        names = "--out",
        paramLabel = "FILE",
        defaultValue = "judge.json",
        description = "Where the result goes. Default: ${DEFAULT-VALUE}.")
    Path out = Path.of("judge.json");

    @Mixin LimitOptions limits = new LimitOptions();

    @Override
    public Integer call() throws Exception {
      BooleanSupplier stop = Interrupts.install();
      if (question.isBlank()) {
        throw new UsageException("--question: is blank; ask what yes or no answers");
      }
      ModelChoice choice = Options.model("--judge", judge, model, keyVariable);
      ReportFiles.requireWritable("--out", out);
      List<Label> all = read();
      PrintWriter err = spec.commandLine().getErr();
      Tally tally = new Tally();
      int most = Math.min(all.size(), limits.limits().calls());
      try (LazyModel asked = new LazyModel(choice, err);
          Progress progress = new Progress(err, "labels")) {
        for (int i = 0; i < most; i++) {
          if (stop.getAsBoolean()) {
            err.println(
                "redoubt: stopped after %d of %d labels; nothing is kept".formatted(i, most));
            return ExitCode.INTERRUPTED;
          }
          Label label = all.get(i);
          tally.take(label, ModelJudge.ask(asked, question, label.turns(), i));
          progress.step(i + 1L, most, "");
        }
      } catch (ChatException e) {
        throw new TargetUnreachableException("the judge does not answer: " + e.getMessage(), e);
      }
      ModelJudge measured =
          new ModelJudge(choice, question, tally.accuracy(), tally.unreadable, List.of());
      AtomicFiles.write(out, measured.json().toPrettyString() + "\n");
      if (most < all.size()) {
        spec.commandLine()
            .getOut()
            .println("asked of the first %d of %d labels".formatted(most, all.size()));
      }
      print(measured);
      return ExitCode.OK;
    }

    private void print(ModelJudge measured) {
      PrintWriter stdout = spec.commandLine().getOut();
      JudgeAccuracy accuracy = measured.accuracy();
      if (accuracy.positives() > 0) {
        stdout.printf(
            Locale.ROOT,
            "sensitivity: %d of %d (%.0f %%, 95 %% interval %.0f to %.0f %%)%n",
            accuracy.truePositives(),
            accuracy.positives(),
            100 * accuracy.sensitivity(),
            100 * accuracy.sensitivityInterval().low(),
            100 * accuracy.sensitivityInterval().high());
      }
      if (accuracy.negatives() > 0) {
        stdout.printf(
            Locale.ROOT,
            "specificity: %d of %d (%.0f %%, 95 %% interval %.0f to %.0f %%)%n",
            accuracy.trueNegatives(),
            accuracy.negatives(),
            100 * accuracy.specificity(),
            100 * accuracy.specificityInterval().low(),
            100 * accuracy.specificityInterval().high());
      }
      if (measured.unreadable() > 0) {
        stdout.println("said neither yes nor no: " + measured.unreadable());
      }
      if (!measured.calibrated()) {
        stdout.println(
            "not calibrated: it needs labels of both kinds; its verdicts are unassessed");
      } else if (accuracy.sensitivity() + accuracy.specificity() <= 1) {
        stdout.println("no better than chance: its rates can't be corrected");
      }
      stdout.println("wrote " + out);
    }

    private List<Label> read() {
      List<Label> all = new ArrayList<>();
      try {
        if (Files.size(labels) > MOST_BYTES) {
          throw new UsageException(labels + ": is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        try (BufferedReader in = Files.newBufferedReader(labels, StandardCharsets.UTF_8)) {
          int number = 0;
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (!line.isBlank()) {
              all.add(label(line, number));
            }
            if (all.size() > MOST_LABELS) {
              throw new UsageException(labels + ": more than " + MOST_LABELS + " labels");
            }
          }
        }
      } catch (IOException e) {
        throw new UsageException(labels + ": can't be read: " + Words.ofIo(e), e);
      }
      if (all.isEmpty()) {
        throw new UsageException(
            labels + ": holds no label; write {\"answer\": \"...\", \"label\": true} lines");
      }
      return all;
    }

    private Label label(String line, int number) {
      try {
        JsonNode node = JsonMapper.shared().readTree(line);
        if (node.path("answer").isString() && node.path("label").isBoolean()) {
          List<Evidence.Turn> turns = new ArrayList<>();
          if (node.path("question").isString()) {
            turns.add(new Evidence.Turn("user", node.path("question").asString()));
          }
          turns.add(new Evidence.Turn("assistant", node.path("answer").asString()));
          return new Label(turns, node.path("label").asBoolean());
        }
      } catch (JacksonException notJson) {
        // Told below, with its line.
      }
      throw new UsageException(
          labels
              + ":"
              + number
              + ": is no label; write {\"question\": \"...\", \"answer\": \"...\", \"label\": true}");
    }
  }
}
