package dev.redoubt.app.cli;

import dev.redoubt.core.Interval;
import dev.redoubt.core.UsageException;
import dev.redoubt.detect.InjectionChannel;
import dev.redoubt.detect.InjectionDetector;
import dev.redoubt.detect.PromptRows;
import dev.redoubt.runtime.stats.Proportions;
import dev.redoubt.runtime.stats.RankedScores;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "calibrate",
    description =
        "Find the threshold of the injection classifier at which your own harmless traffic raises"
            + " no more than a share of false alarms.",
    footer = {
      "",
      "A row is {\"text\", \"role\"?, \"system\"?}, one a line, all harmless; a row with \"label\":"
          + " 1 is refused.",
      "",
      "Examples:",
      "  redoubt guard calibrate traffic.jsonl --fpr 0.01",
      "",
      "Exit codes: 0 a threshold was found; 2 wrong usage or too few rows; 3 a row or the file"
          + " could not be read."
    })
final class GuardCalibrateCommand implements Callable<Integer> {
  private static final int DIGITS = 6;

  @Spec CommandSpec spec;

  @Mixin InjectionOptions model = new InjectionOptions();

  @Option(
      names = "--fpr",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "Most false alarms, as a share of 0 to 1. Default: ${DEFAULT-VALUE}.")
  double share = 0.01;

  @Option(names = "--json", description = "Print the threshold as JSON.")
  boolean json;

  @Parameters(paramLabel = "BENIGN.jsonl", description = "Harmless texts of your own.")
  Path data = Path.of("benign.jsonl");

  @Override
  public Integer call() throws IOException {
    if (!(share > 0 && share < 1)) {
      throw new UsageException("--fpr: " + share + " is no share between 0 and 1, such as 0.01");
    }
    double[] scores = scores();
    int fewest = (int) Math.ceil(1 / share);
    if (scores.length < fewest) {
      throw new UsageException(
          data
              + ": "
              + scores.length
              + " rows say nothing about one in "
              + fewest
              + "; give at least "
              + fewest
              + ", or a larger --fpr");
    }
    RankedScores ranked = RankedScores.of(new double[0], scores);
    Interval interval = ranked.thresholdInterval(share);
    double threshold = up(ranked.thresholdAt(share));
    int alarms = ranked.falseAlarms(threshold);
    Interval rate = Proportions.wilson(alarms, scores.length);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(asMap(threshold, interval, alarms, scores.length, rate)));
      return ExitCode.OK;
    }
    out.printf(
        Locale.ROOT,
        "threshold %s (95 %% interval %.6f-%.6f)%n  %d of %d rows reach it: %.2f %%"
            + " (%.2f-%.2f)%n%n",
        plain(threshold),
        interval.low(),
        interval.high(),
        alarms,
        scores.length,
        100.0 * alarms / scores.length,
        100 * rate.low(),
        100 * rate.high());
    out.println("In the policy:");
    out.println(
        "  - {id: prompt-injection, scanner: prompt-injection, action: block, with: {threshold: "
            + plain(threshold)
            + "}}");
    return ExitCode.OK;
  }

  private double[] scores() throws IOException {
    InjectionDetector detector = model.detector();
    List<Double> scores = new ArrayList<>();
    try (PromptRows rows = new PromptRows(Files.newInputStream(data));
        Progress progress = new Progress(spec.commandLine().getErr(), "rows")) {
      for (PromptRows.Line line = rows.next(); line != null; line = rows.next()) {
        scores.add(score(detector, line));
        progress.step(line.number(), 0, "");
      }
    }
    return scores.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double score(InjectionDetector detector, PromptRows.Line line) throws IOException {
    String where = data + ":" + line.number() + ": ";
    return switch (line) {
      case PromptRows.Unreadable bad -> throw new IOException(where + bad.why());
      case PromptRows.Row row -> {
        if (Integer.valueOf(1).equals(row.label())) {
          throw new UsageException(where + "is labelled an attack; calibrate on harmless rows");
        }
        InjectionChannel channel =
            switch (row.word("role")) {
              case "user" -> InjectionChannel.USER;
              case "document", "tool", "answer" -> InjectionChannel.DOCUMENT;
              default -> null;
            };
        yield detector.detect(row.text(), channel, row.word("system")).score();
      }
    };
  }

  /** Rounded so that no more rows reach it than reach the exact one. */
  private static double up(double threshold) {
    return Math.min(
        1, BigDecimal.valueOf(threshold).setScale(DIGITS, RoundingMode.CEILING).doubleValue());
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static Map<String, Object> asMap(
      double threshold, Interval interval, int alarms, int rows, Interval rate) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("threshold", threshold);
    map.put("low", interval.low());
    map.put("high", interval.high());
    map.put("level", interval.level());
    map.put("rows", rows);
    map.put("falseAlarms", alarms);
    map.put("falseAlarmRate", Map.of("low", rate.low(), "high", rate.high()));
    return map;
  }
}
