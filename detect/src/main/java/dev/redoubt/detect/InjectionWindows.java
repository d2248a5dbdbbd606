package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/** Overlapping windows over the segments of a text, of several lengths; they cover all of it. */
final class InjectionWindows {
  /** Least chars of a window of each scale: an order, its surroundings, a long speech. */
  static final int[] SCALES = {60, 200, 700};

  /** Windows of a scale begin this share of its length apart, or at the next segment. */
  private static final int OVERLAP = 4;

  /**
   * A window.
   *
   * @param from its first segment
   * @param to the segment after its last
   * @param scale index of its scale
   */
  record Window(int from, int to, int scale) {}

  private InjectionWindows() {}

  static List<Window> of(InjectionFeatures text) {
    List<Window> windows = new ArrayList<>();
    int segments = text.segments();
    for (int scale = 0; scale < SCALES.length; scale++) {
      int to = 0;
      int next = -1;
      for (int from = 0; from < segments; from++) {
        if (text.start(from) < next) {
          continue;
        }
        to = Math.max(to, from + 1);
        while (to < segments && text.start(to) - text.start(from) < SCALES[scale]) {
          to++;
        }
        windows.add(new Window(from, to, scale));
        if (to == segments) {
          break;
        }
        next = text.start(from) + SCALES[scale] / OVERLAP;
      }
      if (text.start(segments) - text.start(0) < SCALES[scale]) {
        break; // All larger ones would be the same.
      }
    }
    return windows;
  }
}
