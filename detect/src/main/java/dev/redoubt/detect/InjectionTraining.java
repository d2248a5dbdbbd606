package dev.redoubt.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
  private static final double UNCERTAIN_PROMPTS = 0.04;

  private static final double UNCERTAIN_DOCUMENTS = 0.05;

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
    InjectionCalibration scaled =
        new InjectionCalibration(
            scale(raw, dev, InjectionChannel.USER),
            scale(raw, dev, InjectionChannel.DOCUMENT),
            0,
            InjectionCalibration.NEVER,
            0.5,
            1,
            0);
    InjectionSettings settings = InjectionSettings.SHIPPED;
    double[] all = scores(raw, scaled, dev, InjectionExample::ordinary);
    double[] traps = scores(raw, scaled, dev, e -> !e.attack() && e.trap());
    double[] attacks = scores(raw, scaled, dev, InjectionExample::attack);
    double alone =
        Math.max(quantile(all, settings.alarms()), quantile(traps, settings.trapAlarms()));
    if (attacks.length > 0) {
      // Where attacks lie apart from all else the threshold goes between, not to the edge.
      alone = Math.max(alone, (alone + quantile(attacks, 1 - LOWEST)) / 2);
    }
    return new InjectionCalibration(
        gated(raw, scaled, dev, InjectionChannel.USER, alone, UNCERTAIN_PROMPTS),
        gated(raw, scaled, dev, InjectionChannel.DOCUMENT, alone, UNCERTAIN_DOCUMENTS),
        alone,
        InjectionCalibration.NEVER,
        0.5,
        1,
        0);
  }

  private static InjectionCalibration.Scale scale(
      InjectionModel raw, List<InjectionExample> dev, InjectionChannel channel) {
    double[] sorted =
        dev.stream()
            .filter(e -> e.ordinary() && e.channel() == channel)
            .mapToDouble(e -> top(raw, e))
            .sorted()
            .toArray();
    double centre = quantile(sorted, 0.01);
    double spread = Math.max(LEAST_SPREAD, (centre - quantile(sorted, 0.1)) / 2);
    return new InjectionCalibration.Scale(centre, spread, 0);
  }

  private static double[] scores(
      InjectionModel raw,
      InjectionCalibration scaled,
      List<InjectionExample> dev,
      Predicate<InjectionExample> which) {
    return dev.stream()
        .filter(which)
        .mapToDouble(e -> scaled.scale(e.channel()).calibrated(top(raw, e)))
        .sorted()
        .toArray();
  }

  private static InjectionCalibration.Scale gated(
      InjectionModel raw,
      InjectionCalibration scaled,
      List<InjectionExample> dev,
      InjectionChannel channel,
      double alone,
      double share) {
    InjectionCalibration.Scale scale = scaled.scale(channel);
    double gate = Math.min(alone, gate(raw, scale, dev, channel, share));
    return new InjectionCalibration.Scale(scale.centre(), scale.spread(), gate);
  }

  /** The log-odds that the given share of harmless texts reaches, each kind counting the same. */
  private static double gate(
      InjectionModel raw,
      InjectionCalibration.Scale scale,
      List<InjectionExample> dev,
      InjectionChannel channel,
      double most) {
    Map<String, List<Double>> kinds = new TreeMap<>();
    for (InjectionExample e : dev) {
      if (e.ordinary() && e.channel() == channel) {
        kinds.computeIfAbsent(e.kind(), k -> new ArrayList<>()).add(scale.calibrated(top(raw, e)));
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
      if (share > most) {
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
