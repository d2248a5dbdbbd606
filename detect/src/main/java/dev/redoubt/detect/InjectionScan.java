package dev.redoubt.detect;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The first stage over one text of any length, in blocks, so that memory stays flat. It keeps the
 * worst windows only.
 */
final class InjectionScan {
  /** Text is read in blocks of so many chars. */
  static final int BLOCK = 1 << 15;

  /** Blocks overlap by so many, so that what stands on a border is seen whole. */
  static final int OVERLAP = 1_024;

  /** What tells a document from a prompt is looked for in the beginning. */
  static final int HEAD = 4_096;

  /** Longest text of a window that is kept for the second stage. */
  private static final int LONGEST = 2_000;

  /**
   * A window.
   *
   * @param first calibrated log-odds of an attack
   * @param scale index of its scale
   */
  record Seen(double first, int scale, String text, int start, int end, String encoding) {}

  private final InjectionModel model;
  private final InjectionCalibration calibration;
  private final double share;
  private final double keepFrom;
  private final PriorityQueue<Seen> worst =
      new PriorityQueue<>(
          Comparator.comparingDouble(Seen::first)
              .thenComparing(Comparator.comparingInt(Seen::start).reversed()));

  private int windows;
  private int uncertain;
  private @Nullable Seen top;

  /**
   * Begins.
   *
   * @param keep whether to keep windows that the first stage is not certain of
   */
  InjectionScan(
      InjectionModel model, String text, @Nullable InjectionChannel channel, boolean keep) {
    this.model = model;
    this.calibration = model.calibration();
    this.share = channel == null ? documentShare(text) : channel == InjectionChannel.USER ? 0 : 1;
    this.keepFrom = keep ? calibration.gate(share) : Double.POSITIVE_INFINITY;
    int from = 0;
    do {
      int to = Math.min(text.length(), from + BLOCK);
      block(text.substring(from, to), from);
      from = to == text.length() ? to : to - OVERLAP;
    } while (from < text.length());
  }

  /** The most likely channel. */
  InjectionChannel channel() {
    return share >= 0.5 ? InjectionChannel.DOCUMENT : InjectionChannel.USER;
  }

  /** The window with the highest log-odds; null in a text without words. */
  @Nullable Seen top() {
    return top;
  }

  /** Windows worth a second look, the worst first. */
  List<Seen> worst() {
    return worst.stream()
        .sorted(Comparator.comparingDouble(Seen::first).reversed().thenComparingInt(Seen::start))
        .toList();
  }

  /** Below this the first stage is certain. */
  double gate() {
    return calibration.gate(share);
  }

  int windows() {
    return windows;
  }

  /** How many windows were worth a second look. */
  int uncertain() {
    return uncertain;
  }

  /** The probability that a text of which nobody says where it comes from is a document. */
  private double documentShare(String text) {
    String head = text.substring(0, Math.min(HEAD, text.length()));
    InjectionFeatures f = InjectionFeatures.of(Normaliser.normalise(head).text());
    if (f.segments() == 0) {
      return 0;
    }
    long[] sums = model.sums(f, InjectionModel.KIND);
    double z = model.logit(f, sums, 0, f.segments(), 0, InjectionModel.KIND);
    return InjectionCalibration.odds(z);
  }

  private void block(String text, int offset) {
    for (InjectionViews.View view : InjectionViews.of(text)) {
      InjectionFeatures f = InjectionFeatures.of(view.text().text());
      if (f.segments() > 0) {
        windows(text, view, f, offset);
      }
    }
  }

  private void windows(String block, InjectionViews.View view, InjectionFeatures f, int offset) {
    long[] user =
        share < 1 ? model.sums(f, InjectionModel.head(InjectionChannel.USER)) : new long[0];
    long[] document =
        share > 0 ? model.sums(f, InjectionModel.head(InjectionChannel.DOCUMENT)) : new long[0];
    List<InjectionWindows.Window> all = InjectionWindows.of(f);
    double[] scores = new double[all.size()];
    int worstAt = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(f, user, document, all.get(i));
      worstAt = scores[i] > scores[worstAt] ? i : worstAt;
    }
    windows += scores.length;
    if (top == null || scores[worstAt] > top.first()) {
      top = seen(block, view, f, all.get(worstAt), scores[worstAt], offset);
    }
    if (scores[worstAt] >= keepFrom) {
      keep(block, view, f, all, scores, worstAt, offset);
    }
  }

  private double score(
      InjectionFeatures f, long[] user, long[] document, InjectionWindows.Window w) {
    double u = share < 1 ? one(f, user, w, InjectionChannel.USER) : 0;
    double d = share > 0 ? one(f, document, w, InjectionChannel.DOCUMENT) : 0;
    return share * d + (1 - share) * u;
  }

  private double one(
      InjectionFeatures f, long[] sums, InjectionWindows.Window w, InjectionChannel channel) {
    double z = model.logit(f, sums, w.from(), w.to(), w.scale(), InjectionModel.head(channel));
    return calibration.scale(channel).calibrated(z);
  }

  /** Keeps windows of the middle scale, each with the worst that it holds or lies in. */
  private void keep(
      String block,
      InjectionViews.View view,
      InjectionFeatures f,
      List<InjectionWindows.Window> all,
      double[] scores,
      int worstAt,
      int offset) {
    int largest = all.getLast().scale();
    int scale = Math.min(largest, 1);
    // Half overlapping is enough for the second stage, which costs a hundred times as much.
    int next = 0;
    boolean any = false;
    for (int i = 0; i < scores.length; i++) {
      InjectionWindows.Window w = all.get(i);
      if (w.scale() != scale || (f.start(w.from()) < next && w.to() < f.segments())) {
        continue;
      }
      next = f.start(w.from()) + InjectionWindows.SCALES[scale] / 2;
      double most = scores[i];
      for (int k = 0; k < scores.length; k++) {
        InjectionWindows.Window o = all.get(k);
        boolean inside = o.from() >= w.from() && o.to() <= w.to();
        boolean around = o.from() <= w.from() && o.to() >= w.to() && scores[k] >= keepFrom;
        most = inside || around ? Math.max(most, scores[k]) : most;
      }
      if (most >= keepFrom) {
        add(seen(block, view, f, w, most, offset));
        any = true;
      }
    }
    if (!any) {
      // The bad one straddles two that are kept apart by half their length.
      add(seen(block, view, f, all.get(worstAt), scores[worstAt], offset));
    }
  }

  private void add(Seen window) {
    uncertain++;
    worst.add(window);
    if (worst.size() > InjectionSecondStage.MOST_WINDOWS) {
      worst.poll();
    }
  }

  private static Seen seen(
      String block,
      InjectionViews.View view,
      InjectionFeatures f,
      InjectionWindows.Window w,
      double score,
      int offset) {
    int from = f.start(w.from());
    int to = Math.min(f.start(w.to()), from + LONGEST);
    int start = view.text().start(from);
    int end = Math.max(start, view.text().end(f.start(w.to())));
    String text = view.text().text().substring(from, to);
    if (view.encoding().isEmpty()) {
      text = InjectionPlain.of(block.substring(start, Math.max(start, view.text().end(to))), text);
    }
    return new Seen(score, w.scale(), text, offset + start, offset + end, view.encoding());
  }
}
