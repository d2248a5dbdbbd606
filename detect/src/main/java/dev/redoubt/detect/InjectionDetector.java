package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Tells attacks on a language model from what people ordinarily write: orders to drop its
 * instructions, to give away its prompt, to play a part without rules, and orders hidden in
 * documents.
 *
 * <p>A text is normalised, decoded and cut into overlapping windows, whatever its length; it is as
 * bad as its worst window. The first stage (hashed letters and words, linear) decides what it is
 * certain of. The rest, at most {@value InjectionSecondStage#MOST_WINDOWS} windows of a text, goes
 * to the {@link InjectionSecondStage}, where one is installed.
 *
 * <p>Immutable and thread-safe. It holds nothing of a text from call to call.
 *
 * @since 0.1.0
 */
public final class InjectionDetector {
  /** A text that repeats so many chars of the system prompt says what is known there. */
  private static final int KNOWN = 60;

  private final InjectionModel model;
  private final @Nullable InjectionSecondStage second;

  private InjectionDetector(InjectionModel model, @Nullable InjectionSecondStage second) {
    this.model = model;
    this.second = second;
  }

  /**
   * The shipped model, with the second stage that is installed.
   *
   * @throws IllegalStateException where a model is missing or damaged
   */
  public static InjectionDetector shipped() {
    return Shipped.DETECTOR;
  }

  private static final class Shipped {
    static final InjectionDetector DETECTOR =
        of(
            InjectionModel.shipped(),
            ServiceLoader.load(InjectionSecondStage.class, InjectionDetector.class.getClassLoader())
                .findFirst()
                .orElse(null));
  }

  /** A detector of other parts; without a second stage the first decides alone. */
  public static InjectionDetector of(InjectionModel model, @Nullable InjectionSecondStage second) {
    return new InjectionDetector(model, second);
  }

  /** The second stage; null where there is none. */
  public @Nullable InjectionSecondStage secondStage() {
    return second;
  }

  /** Which models decide. */
  public String models() {
    return "first stage "
        + model.digest()
        + (second == null ? "" : ", second stage " + second.name() + " " + second.model());
  }

  /**
   * Judges a text.
   *
   * @param text any chars
   * @param channel where it comes from; null where nobody says: it is then inferred
   * @param system the system prompt that is protected, where it is known: what a text repeats of it
   *     word for word is no news to the model and is left out, and the second stage reads it
   * @throws RuntimeException what the second stage throws: the text is then not judged
   */
  public InjectionVerdict detect(
      String text, @Nullable InjectionChannel channel, @Nullable String system) {
    String prompt = system == null || system.isBlank() ? null : system;
    String judged = prompt == null ? text : Repeated.blank(text, prompt, KNOWN);
    InjectionCalibration c = model.calibration();
    InjectionScan scan = new InjectionScan(model, judged, channel, second != null);
    InjectionScan.Seen top = scan.top();
    if (top == null) {
      return verdict(0, null, text, decidedByFirst(), scan, 0);
    }
    if (second == null) {
      return verdict(c.scoreAlone(top.first()), top, text, decidedByFirst(), scan, 0);
    }
    if (top.first() < scan.gate()) {
      return verdict(
          InjectionCalibration.scoreBenign(top.first(), scan.gate()),
          top,
          text,
          decidedByFirst(),
          scan,
          0);
    }
    if (top.first() >= c.attack()) {
      return verdict(c.scoreStrict(top.first()), top, text, decidedByFirst(), scan, 0);
    }
    return both(text, scan, second, prompt);
  }

  private InjectionVerdict.DecidedBy decidedByFirst() {
    return second == null
        ? InjectionVerdict.DecidedBy.FIRST_STAGE_ALONE
        : InjectionVerdict.DecidedBy.FIRST_STAGE;
  }

  private InjectionVerdict both(
      String text, InjectionScan scan, InjectionSecondStage stage, @Nullable String system) {
    List<InjectionScan.Seen> worst = scan.worst();
    List<InjectionWindow> windows = new ArrayList<>();
    for (InjectionScan.Seen seen : worst) {
      windows.add(new InjectionWindow(seen.text(), scan.channel(), system));
    }
    float[] scores = stage.score(windows);
    if (scores.length != windows.size()) {
      throw new IllegalStateException(
          stage.name() + " gave " + scores.length + " scores for " + windows.size() + " windows");
    }
    InjectionCalibration c = model.calibration();
    double most = -1;
    InjectionScan.Seen at = worst.getFirst();
    for (int i = 0; i < scores.length; i++) {
      double score = c.scoreBoth(worst.get(i).first(), scores[i]);
      if (Double.isNaN(score)) {
        throw new IllegalStateException(stage.name() + " gave no number");
      }
      if (score > most) {
        most = score;
        at = worst.get(i);
      }
    }
    int unjudged = scan.uncertain() - worst.size();
    if (unjudged > 0) {
      // What was left out looks less bad than the last that was kept.
      most = Math.max(most, c.scoreStrict(worst.getLast().first()));
    }
    return verdict(most, at, text, InjectionVerdict.DecidedBy.BOTH_STAGES, scan, unjudged);
  }

  private static InjectionVerdict verdict(
      double score,
      InjectionScan.@Nullable Seen at,
      String text,
      InjectionVerdict.DecidedBy by,
      InjectionScan scan,
      int unjudged) {
    int start = at == null ? 0 : Math.min(at.start(), text.length());
    int end = at == null ? text.length() : Math.min(at.end(), text.length());
    return new InjectionVerdict(
        score,
        Math.min(start, end),
        Math.max(start, end),
        at == null ? "" : at.encoding(),
        by,
        scan.windows(),
        unjudged);
  }
}
