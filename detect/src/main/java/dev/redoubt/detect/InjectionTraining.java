package dev.redoubt.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first stage of {@link InjectionDetector} from labelled texts.
 *
 * @since 0.1.0
 */
public final class InjectionTraining {
  /** Of harmless texts so many go on to the second stage. */
  private static final double UNCERTAIN = 0.035;

  /** Of harmless texts so many are taken for attacks by the first stage alone. */
  private static final double ALONE = 0.006;

  /** The same of those that are made to look like attacks. */
  private static final double ALONE_TRAPS = 0.04;

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
        new InjectionCalibration(centre, spread, 0, 0, 1_000, 0.5, 1, 0);
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
    double alone = Math.max(quantile(all, ALONE), quantile(traps, ALONE_TRAPS));
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
    double benign = Math.min(alone, quantile(all, UNCERTAIN));
    return new InjectionCalibration(
        centre, spread, alone, benign, 1_000, 0.5, 1, 0);
  }

  private static double top(InjectionModel raw, InjectionExample e) {
    InjectionScan scan =
        new InjectionScan(
            raw,
            e.text(),
            e.channel(),
            Double.POSITIVE_INFINITY);
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
