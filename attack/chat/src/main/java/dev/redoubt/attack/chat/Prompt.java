package dev.redoubt.attack.chat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wording chosen for one repetition of an objective by a technique, placeholders still open.
 *
 * @param wording the complete wording
 * @param plain its request without the technique's frame
 * @param index which of the wordings of its cell, stable from run to run
 */
record Prompt(Wording wording, String plain, int index) {
  private static final Pattern REQUEST = Pattern.compile("\\{request(?:\\.([a-z]{2}))?\\}");

  /** Wordings of later passes are numbered from here, so that no two wordings share a number. */
  private static final int NEW_FROM = 1000;

  /** Repetitions that get a wording of their own without looking at the number of techniques. */
  private static final int STRIDE = 3;

  /**
   * Chooses and dresses.
   *
   * <p>Repetitions walk through frames and requests in step, and techniques start at different
   * requests, so that the attempts of an objective differ as much as its wordings allow.
   */
  static Prompt choose(Objective objective, Technique technique, WordingSet set, int repetition) {
    Objective.Cell cell = objective.cells().get(technique.id());
    if (cell != null && !cell.of(set).isEmpty()) {
      List<Wording> own = cell.of(set);
      int index = repetition % own.size();
      return new Prompt(own.get(index), own.get(index).request(), number(set, index));
    }
    List<Wording> wordings = objective.of(set);
    List<String> frames = technique.of(set);
    if (wordings.isEmpty() || frames.isEmpty()) {
      throw new IllegalArgumentException(
          technique.id() + " on " + objective.id() + " has no wording for " + set);
    }
    int frame = repetition % frames.size();
    int which =
        (STRIDE * technique.order() + repetition + repetition / frames.size()) % wordings.size();
    String language = language(frames.get(frame));
    for (int i = 0; i < wordings.size(); i++) {
      int index = (which + i) % wordings.size();
      Wording wording = wordings.get(index);
      String request = language == null ? wording.request() : wording.translations().get(language);
      // Not every wording is translated into every language: the next one is.
      if (request != null) {
        Wording dressed = wording.withRequest(dress(frames.get(frame), request));
        return new Prompt(dressed, wording.request(), number(set, index * frames.size() + frame));
      }
    }
    throw new IllegalArgumentException(
        objective.id() + " has no wording in '" + language + "' for " + technique.id());
  }

  private static int number(WordingSet set, int index) {
    return set == WordingSet.FIRST ? index : NEW_FROM + index;
  }

  private static @Nullable String language(String frame) {
    Matcher matcher = REQUEST.matcher(frame);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static String dress(String frame, String request) {
    return REQUEST.matcher(frame).replaceAll(Matcher.quoteReplacement(request));
  }
}
