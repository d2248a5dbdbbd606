package dev.redoubt.app.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a demo is.
 *
 * @param quick whether it is too short for rates
 * @param seed seed of everything that is drawn
 * @param out folder of the report
 * @param modelUrl model of the assistant; absent for the local one
 * @param objectives ids of objectives; empty for all
 * @param techniques ids of techniques of the first pass; empty for all
 * @param repetitions of each objective by each technique
 * @param newRepetitions the same for wordings that the first pass did not use
 * @param questions ordinary questions on each side
 */
record DemoSettings(
    boolean quick,
    long seed,
    Path out,
    @Nullable URI modelUrl,
    List<String> objectives,
    List<String> techniques,
    int repetitions,
    int newRepetitions,
    int questions) {
  private static final int FULL_QUESTIONS = 20;
  private static final int QUICK_QUESTIONS = 10;

  /** The demo that measures rates. */
  static DemoSettings full(long seed, Path out, @Nullable URI modelUrl) {
    return new DemoSettings(false, seed, out, modelUrl, List.of(), List.of(), 3, 1, FULL_QUESTIONS);
  }

  /** The demo that only shows how it goes. */
  static DemoSettings quick(long seed, Path out, @Nullable URI modelUrl) {
    return new DemoSettings(true, seed, out, modelUrl, List.of(), List.of(), 1, 1, QUICK_QUESTIONS);
  }
}
