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
 * @param objectives ids of objectives
 * @param techniques ids of techniques of the first pass
 * @param newTechniques the same for wordings that the first pass did not use
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
    List<String> newTechniques,
    int repetitions,
    int newRepetitions,
    int questions) {
  /** Named one by one, so that the demo stays as long as it is when techniques are added. */
  private static final List<String> TECHNIQUES =
      List.of("direct", "authority", "role-play", "prefix-injection", "translation");

  private static final List<String> NEW_TECHNIQUES =
      List.of(
          "direct",
          "authority",
          "role-play",
          "prefix-injection",
          "translation",
          "urgency",
          "notes");

  /** What the sample company's story is about; a longer list would make the demo longer. */
  static final List<String> OBJECTIVES =
      List.of(
          "secret-leak",
          "other-user-data",
          "internal-documents",
          "url-exfiltration",
          "refund-limit",
          "planted-order");

  private static final int FULL_QUESTIONS = 20;
  private static final int QUICK_QUESTIONS = 10;

  /** The demo that measures rates. */
  static DemoSettings full(long seed, Path out, @Nullable URI modelUrl) {
    return new DemoSettings(
        false, seed, out, modelUrl, OBJECTIVES, TECHNIQUES, NEW_TECHNIQUES, 3, 1, FULL_QUESTIONS);
  }

  /** The demo that only shows how it goes. */
  static DemoSettings quick(long seed, Path out, @Nullable URI modelUrl) {
    return new DemoSettings(
        true, seed, out, modelUrl, OBJECTIVES, TECHNIQUES, NEW_TECHNIQUES, 1, 1, QUICK_QUESTIONS);
  }
}
