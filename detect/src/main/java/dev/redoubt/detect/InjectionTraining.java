package dev.redoubt.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first stage of {@link InjectionDetector} from labelled texts.
 *
 * @since 0.1.0
 */
public final class InjectionTraining {
  /**
   * Of harmless texts of each channel so many go on to the second stage, on the average of their
   * kinds. Orders in documents are harder to tell, and documents fewer.
   */
  private static final double[] UNCERTAIN = {0.03, 0.07};

  /** Kinds with fewer harmless texts say nothing about shares. */
  private static final int FEWEST = 20;

  /** The share of attacks that count as the lowest. */
  private static final double LOWEST = 0.02;

  private static final double LEAST_SPREAD = 0.5;

  private final InjectionSettings settings;
  private final Consumer<String> progress;

  private InjectionTraining(InjectionSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Trains on {@code train.jsonl} of a folder and sets thresholds by its {@code dev.jsonl}; see
   * {@link PromptRows}. Where training was broken off it goes on.
   *
   * @param data the folder
   * @param checkpoints a folder for what is kept after each epoch; null keeps nothing
   * @throws IOException where a file can't be read or written, with its name
   */
  public static InjectionModel firstStage(
      Path data, @Nullable Path checkpoints, Consumer<String> progress) throws IOException {
    List<InjectionExample> train = InjectionExamples.read(data.resolve("train.jsonl"));
    List<InjectionExample> dev = InjectionExamples.read(data.resolve("dev.jsonl"));
    return new InjectionTraining(InjectionSettings.SHIPPED, progress)
        .train(train, dev, checkpoints);
  }

  /**
   * Weighs a first stage against a second one, on {@code dev.jsonl} of a folder.
   *
   * @throws IOException where the file can't be read
   */
  public static InjectionModel combine(
      InjectionModel model, InjectionSecondStage second, Path data, Consumer<String> progress)
      throws IOException {
    return InjectionCombination.fit(
        model,
        second,
        InjectionExamples.read(data.resolve("dev.jsonl")),
        InjectionSettings.SHIPPED,
        progress);
  }

  static InjectionModel firstStage(
      List<InjectionExample> train, List<InjectionExample> dev, InjectionSettings settings)
      throws IOException {
    return new InjectionTraining(settings, line -> {}).train(train, dev, null);
  }

  private InjectionModel train(
      List<InjectionExample> train, List<InjectionExample> dev, @Nullable Path checkpoints)
      throws IOException {
    InjectionTrainer.Checkpoint checkpoint = InjectionTrainer.Checkpoint.NONE;
    if (checkpoints != null) {
      Files.createDirectories(checkpoints);
      checkpoint = InjectionCheckpoint.of(checkpoints, settings, train, progress);
    }
    InjectionWeights weights = new InjectionTrainer(settings).train(train, checkpoint, progress);
    InjectionModel raw =
        InjectionModel.quantised(
            settings.bits(), weights.heads(), weights.bias(), InjectionCalibration.NONE);
    progress.accept("calibrating on " + dev.size() + " examples");
    return raw.with(calibration(raw, dev));
  }

  /** Brings both channels to one scale and sets the thresholds of the first stage. */
  static InjectionCalibration calibration(InjectionModel raw, List<InjectionExample> dev) {
    double[] centre = new double[2];
    double[] spread = {1, 1};
    double[][] logits = new double[2][];
    for (InjectionChannel channel : InjectionChannel.values()) {
      int c = channel.ordinal();
      double[] sorted =
          dev.stream()
              .filter(e -> !e.attack() && !e.trap() && e.channel() == channel)
              .mapToDouble(e -> top(raw, e))
              .sorted()
              .toArray();
      logits[c] = sorted;
      if (sorted.length > 0) {
        centre[c] = quantile(sorted, 0.01);
        spread[c] = Math.max(LEAST_SPREAD, (centre[c] - quantile(sorted, 0.1)) / 2);
      }
    }
    InjectionCalibration scale =
        new InjectionCalibration(centre, spread, 0, new double[2], 1_000, 0.5, 1, 0);
    List<Double> ordinary = new ArrayList<>();
    for (InjectionChannel channel : InjectionChannel.values()) {
      for (double z : logits[channel.ordinal()]) {
        ordinary.add(scale.calibrated(z, channel));
      }
    }
    double[] all = ordinary.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double[] traps =
        dev.stream()
            .filter(e -> !e.attack() && e.trap())
            .mapToDouble(e -> scale.calibrated(top(raw, e), e.channel()))
            .sorted()
            .toArray();
    double alone =
        Math.max(
            quantile(all, InjectionSettings.SHIPPED.alarms()),
            quantile(traps, InjectionSettings.SHIPPED.trapAlarms()));
    double[] attacks =
        dev.stream()
            .filter(InjectionExample::attack)
            .mapToDouble(e -> scale.calibrated(top(raw, e), e.channel()))
            .sorted()
            .toArray();
    if (attacks.length > 0) {
      // Where attacks lie apart from all else the threshold goes between, not to the edge.
      alone = Math.max(alone, (alone + quantile(attacks, 1 - LOWEST)) / 2);
    }
    double[] benign = new double[2];
    for (InjectionChannel channel : InjectionChannel.values()) {
      benign[channel.ordinal()] = Math.min(alone, gate(raw, scale, dev, channel));
    }
    return new InjectionCalibration(centre, spread, alone, benign, 1_000, 0.5, 1, 0);
  }

  /** The log-odds that the given share of harmless texts reaches, each kind counting the same. */
  private static double gate(
      InjectionModel raw,
      InjectionCalibration scale,
      List<InjectionExample> dev,
      InjectionChannel channel) {
    Map<String, List<Double>> kinds = new TreeMap<>();
    for (InjectionExample e : dev) {
      if (!e.attack() && !e.trap() && e.channel() == channel) {
        kinds
            .computeIfAbsent(e.kind(), k -> new ArrayList<>())
            .add(scale.calibrated(top(raw, e), channel));
      }
    }
    kinds.values().removeIf(scores -> scores.size() < FEWEST);
    if (kinds.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    double low = -20;
    double high = 20;
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      double share =
          kinds.values().stream()
              .mapToDouble(scores ->
                  (double) scores.stream().filter(s -> s >= middle).count() / scores.size())
              .average()
              .orElse(0);
      if (share > UNCERTAIN[channel.ordinal()]) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double top(InjectionModel raw, InjectionExample e) {
    InjectionScan scan = new InjectionScan(raw, e.text(), e.channel(), false);
    InjectionScan.Seen top = scan.top();
    return top == null ? -10 : top.first();
  }

  /** The value that this share of sorted values exceeds. */
  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int above = (int) Math.floor(share * sorted.length);
    return Math.nextUp(sorted[Math.max(0, sorted.length - 1 - above)]);
  }
}
