package dev.redoubt.attack.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A wording and the frames for it, chosen for one repetition of an objective by a technique; words
 * in braces still open.
 *
 * @param wording its request is in the language that the frames want, and in no frame yet
 * @param frames one for each layer of the technique
 * @param bare whether the wording is complete without the first layer
 * @param index which of the texts of its cell, stable from run to run
 */
record Prompt(Wording wording, List<String> frames, boolean bare, int index) {
  /** Texts of later passes are numbered from here, so that no two texts share a number. */
  private static final int NEW_FROM = 1000;

  /** Where those of a first pass go on that has more of them. */
  private static final int FAR = 1_000_000;

  /** Repetitions that get a wording of their own without looking at the number of techniques. */
  private static final int STRIDE = 3;

  Prompt {
    frames = List.copyOf(frames);
  }

  /**
   * Chooses.
   *
   * <p>Repetitions walk through frames and requests in step, and techniques start at different
   * requests, so that the attempts of an objective differ as much as its wordings allow.
   *
   * @return empty when no wording is translated into a language that the technique speaks
   */
  static Optional<Prompt> choose(
      Objective objective, Technique technique, WordingSet set, int repetition) {
    List<Technique> layers = technique.layers();
    Objective.Cell cell = objective.cells().get(layers.getFirst().id());
    if (cell != null && !cell.of(set).isEmpty()) {
      List<Wording> own = cell.of(set);
      int index = repetition % own.size();
      return Optional.of(
          new Prompt(own.get(index), frames(layers, set, repetition), true, number(set, index)));
    }
    List<Wording> wordings = objective.of(set);
    if (wordings.isEmpty() || !technique.has(set)) {
      throw new IllegalArgumentException(
          technique.id() + " on " + objective.id() + " has no wording for " + set);
    }
    int cycle = cycle(layers, set);
    // Once around the frames moves on by one wording, so that every pair comes before one returns.
    int which =
        (STRIDE * technique.order() + repetition % cycle + repetition / cycle) % wordings.size();
    // Not every wording is translated into every language: the next one is, or another frame.
    for (int shift = 0; shift < cycle; shift++) {
      int frame = (repetition + shift) % cycle;
      List<String> frames = frames(layers, set, frame);
      String language = language(frames);
      for (int i = 0; i < wordings.size(); i++) {
        int index = (which + i) % wordings.size();
        Wording wording = wordings.get(index);
        String request =
            language == null ? wording.request() : wording.translations().get(language);
        if (request != null) {
          return Optional.of(
              new Prompt(
                  wording.withRequest(request), frames, false, number(set, index * cycle + frame)));
        }
      }
    }
    return Optional.empty();
  }

  /** The same under another number. */
  Prompt numbered(int number) {
    return new Prompt(wording, frames, bare, number);
  }

  /** Its layers with their transforms. */
  Dress dress(Technique technique, long seed) {
    var layers = new ArrayList<Dress.Layer>();
    for (int i = bare ? 1 : 0; i < frames.size(); i++) {
      Technique part = technique.layers().get(i);
      layers.add(Dress.Layer.of(frames.get(i), part.transforms(), part.on()));
    }
    return new Dress(layers, seed);
  }

  private static List<String> frames(List<Technique> layers, WordingSet set, int number) {
    return layers.stream()
        .map(layer -> layer.of(set))
        .map(frames -> frames.isEmpty() ? "{request}" : frames.get(number % frames.size()))
        .toList();
  }

  /** After how many repetitions the same frames meet again. */
  private static int cycle(List<Technique> layers, WordingSet set) {
    int cycle = 1;
    for (Technique layer : layers) {
      int size = Math.max(1, layer.of(set).size());
      int a = cycle;
      int b = size;
      while (b != 0) {
        int rest = a % b;
        a = b;
        b = rest;
      }
      cycle = cycle / a * size;
    }
    return cycle;
  }

  private static int number(WordingSet set, int index) {
    if (set == WordingSet.NEW) {
      return NEW_FROM + index;
    }
    return index < NEW_FROM ? index : FAR + index;
  }

  private static @Nullable String language(List<String> frames) {
    for (String frame : frames) {
      Matcher matcher = Dress.REQUEST.matcher(frame);
      if (matcher.find() && matcher.group(1) != null) {
        return matcher.group(1);
      }
    }
    return null;
  }
}
